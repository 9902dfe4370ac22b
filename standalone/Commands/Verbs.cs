using System.CommandLine;
using Approvals.Hosting;
using Approvals.Standalone.Data;
using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Commands;

/// <summary>What the program does in place of serving, when its first argument is one of these words.</summary>
internal static class Verbs
{
    private const int Refused = 2;

    /// <summary>Null: no verb; the program is to serve. Else the exit code.</summary>
    /// <param name="args">Settings (<c>--Approvals:…</c>) may stand among the verb's own options.</param>
    public static async Task<int?> TryRunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is [[not '-', ..] word, ..] && word is not ("demo" or "help" or "token" or "backup" or "verify" or "vault") && !word.Contains('=', StringComparison.Ordinal))
        {
            await error.WriteLineAsync($"'{word}' is no verb. Without one the program serves; 'help' lists them.");
            return Refused;
        }
        if (args is not ["token" or "backup" or "verify" or "vault" or "help" or "--help" or "-h" or "-?", ..])
        {
            return null;
        }

        var settings = args.Where(IsSetting).ToArray();
        var root = new RootCommand("The approvals service. Without a verb it serves; docs/operations.md lists its settings.")
        {
            TokenVerb.Of(settings),
            BackupVerb.Of(settings),
            VerifyVerb.Of(settings),
            VaultVerb.Of(settings),
        };
        string[] rest = args[0] == "help" ? ["--help"] : [.. args.Except(settings)];
        try
        {
            return await root.Parse(rest).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (SettingsException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return Refused;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteFault)
        {
            await error.WriteLineAsync(DataDirectory.Unusable(VerbSettings.DirectoryOf(settings), fault).Message);
            return Refused;
        }
    }

    /// <summary>Also in the spelling of the environment, which is refused with the right one.</summary>
    private static bool IsSetting(string arg) =>
        arg.StartsWith("--Approvals:", StringComparison.OrdinalIgnoreCase) || arg.StartsWith("--Approvals__", StringComparison.OrdinalIgnoreCase);
}
