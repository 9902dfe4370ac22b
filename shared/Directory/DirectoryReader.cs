using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>Reads the directory file of DESIGN §14, strictly: everything wrong with it at once, each with its place.</summary>
public static class DirectoryReader
{
    public static bool TryRead(Value source, out ImmutableArray<TenantDirectory> tenants, out ImmutableArray<DirectoryError> errors) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>One person, as the API takes them.</summary>
    public static bool TryReadPerson(Value source, [NotNullWhen(true)] out Person? person, out ImmutableArray<DirectoryError> errors) =>
        throw new System.Diagnostics.UnreachableException();
}
