using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Values;

namespace Approvals.Hosting;

/// <summary>Reads the directory of the start.</summary>
public static class StartupDirectory
{
    /// <param name="file">Null: the demo tenant.</param>
    /// <exception cref="SettingsException">It can't be read, with every error and its place.</exception>
    public static ImmutableArray<TenantDirectory> Read(string? file)
    {
        var source = file is null ? Tenants.Demo.Directory : StartupFiles.Read(file);
        return DirectoryReader.TryRead(source, out var tenants, out var errors)
            ? [.. tenants.Select(tenant => tenant with { RemovesOthers = file is not null })]
            : throw new SettingsException("The directory can't be read:\n" + string.Join('\n', errors.Select(error => $"{file}: {error.Pointer}: {error.Text}")));
    }
}
