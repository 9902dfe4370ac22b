using System.CommandLine;
using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Commands;

/// <summary><c>backup --to FILE</c>: copies the database as it stands at one moment. May run beside the service, which does not wait for it.</summary>
internal static class BackupVerb
{
    public static Command Of(string[] settings)
    {
        var to = new Option<string>("--to") { Description = "The file to write; it must not exist.", Required = true };
        var verb = new Command("backup", "Copies the database while the service runs.") { to };
        verb.SetAction(parsed => Run(settings, parsed.GetValue(to)!, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return verb;
    }

    private static int Run(string[] settings, string file, TextWriter output, TextWriter error)
    {
        if (VerbSettings.Existing(settings) is not { } directory)
        {
            error.WriteLine(VerbSettings.Nothing(settings));
            return 2;
        }

        if (Path.Exists(file))
        {
            error.WriteLine($"{file} exists already.");
            return 2;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !System.IO.Directory.Exists(folder))
        {
            error.WriteLine($"There is no folder {folder}.");
            return 2;
        }

        try
        {
            using var source = Connection.OpenReader(directory.Database);
            source.BackUp(file);
        }
        catch (SqliteFault fault)
        {
            File.Delete(file);
            error.WriteLine($"No backup was made: {fault.Message}");
            return 1;
        }

        output.WriteLine($"{file}: {new FileInfo(file).Length} bytes. Keys, vault, checkpoints and preferences are files of their own in {directory.Path}; copy them, too.");
        return 0;
    }
}
