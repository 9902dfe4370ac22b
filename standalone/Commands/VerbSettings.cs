using Approvals.Hosting;
using Approvals.Standalone.Data;

namespace Approvals.Standalone.Commands;

/// <summary>The data directory of a verb, found as the service finds it.</summary>
internal static class VerbSettings
{
    /// <exception cref="SettingsException">A setting can't be used.</exception>
    public static string DirectoryOf(string[] settings)
    {
        var configuration = SettingsFiles.Read(() => new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build());
        SettingsSection.RefuseSpelling(configuration);
        return Path.GetFullPath(configuration["Approvals:DataDirectory"] ?? new StorageOptions().DataDirectory);
    }

    /// <summary>Null where nothing is there yet: reading verbs make nothing.</summary>
    public static DataDirectory? Existing(string[] settings)
    {
        var path = DirectoryOf(settings);
        return File.Exists(Path.Combine(path, DataDirectory.DatabaseName)) ? new DataDirectory(path) : null;
    }

    public static string Nothing(string[] settings) => $"There is no database in {DirectoryOf(settings)}.";
}
