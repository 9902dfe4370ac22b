using System.Collections.Immutable;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>A tenant as a directory file gives it.</summary>
public sealed record TenantDirectory(TenantSettings Settings, ImmutableArray<Person> People)
{
    /// <summary>Whether whoever it named before and names no longer has been removed; those it never named stay.</summary>
    public bool RemovesOthers { get; init; }
}
