using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Directory;

/// <summary>Reads a directory file, strictly: everything wrong with it at once, each with its place.</summary>
public static class DirectoryReader
{
    private const int MaxTenants = 10_000;

    /// <summary>Names that no person of the file has (a manager, a substitute) are harmless: they lead to nobody.</summary>
    public static bool TryRead(Value source, out ImmutableArray<TenantDirectory> tenants, out ImmutableArray<DirectoryError> errors)
    {
        var found = new ReadErrors();
        var read = ImmutableArray.CreateBuilder<TenantDirectory>();
        if (ObjectReader.TryOpen(source, "", Named.Part(static () => Texts.ReadingDirectory), found, ["tenants"], out var reader))
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (item, pointer) in reader.List("tenants", MaxTenants, required: true))
            {
                if (TenantReader.Read(item, pointer, found) is not { } tenant)
                {
                    continue;
                }
                if (!ids.Add(tenant.Settings.Id) && tenant.Settings.Id.Length > 0)
                {
                    found.Add($"{pointer}/id", Phrase.With(Texts.ReadTenantTwice, tenant.Settings.Id));
                }
                read.Add(tenant);
            }
        }
        errors = found.As(Error);
        tenants = found.Any ? [] : read.ToImmutable();
        return !found.Any;
    }

    /// <summary>One person, as the API takes them.</summary>
    public static bool TryReadPerson(Value source, [NotNullWhen(true)] out Person? person, out ImmutableArray<DirectoryError> errors)
    {
        var found = new ReadErrors();
        person = PersonReader.Read(source, "", found);
        errors = found.As(Error);
        person = found.Any ? null : person;
        return person is not null;
    }

    private static DirectoryError Error(ReadError error) => new(error.Pointer, error.Message, error.Suggestion);
}
