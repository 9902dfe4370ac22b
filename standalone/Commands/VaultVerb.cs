using System.CommandLine;
using Approvals.Standalone.Data;

namespace Approvals.Standalone.Commands;

/// <summary><c>vault read --tenant T --name N</c>: prints a secret to whoever may read the data directory.</summary>
internal static class VaultVerb
{
    public static Command Of(string[] settings)
    {
        var tenant = new Option<string>("--tenant") { Description = "Whose secret.", Required = true };
        var name = new Option<string>("--name") { Description = "Its name in the vault.", Required = true };
        var read = new Command("read", "Prints a secret.") { tenant, name };
        read.SetAction(parsed => Run(
            settings, parsed.GetValue(tenant)!, parsed.GetValue(name)!, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("vault", "The secrets that people typed when they decided.") { read };
    }

    private static int Run(string[] settings, string tenant, string name, TextWriter output, TextWriter error)
    {
        if (VerbSettings.Existing(settings) is { } directory
            && new FileVault(directory.Vault, new FileSecretKeys(directory.Keys, TimeProvider.System)).Read(tenant, name) is { } secret)
        {
            output.WriteLine(secret);
            return 0;
        }

        error.WriteLine("There is no such secret.");
        return 2;
    }
}
