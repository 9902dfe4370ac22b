using System.CommandLine;
using Approvals.Audit;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Data;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Audit;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Commands;

/// <summary><c>verify [--tenant T]</c>: recomputes the trail; exit code 1 at the first entry that does not hold. May run beside the service.</summary>
internal static class VerifyVerb
{
    public static Command Of(string[] settings)
    {
        var tenant = new Option<string?>("--tenant") { Description = "Only this tenant; all where it is left out." };
        var verb = new Command("verify", "Recomputes hashes, links and checkpoints of the audit trail.") { tenant };
        verb.SetAction((parsed, cancellation) =>
            RunAsync(settings, parsed.GetValue(tenant), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string[] settings, string? only, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (VerbSettings.Existing(settings) is not { } directory)
        {
            await error.WriteLineAsync(VerbSettings.Nothing(settings));
            return 2;
        }

        using var readers = new ReaderPool(directory.Database, 1);
        using var signer = new EcdsaCheckpointSigner(new FileSecretKeys(directory.Keys, TimeProvider.System));
        using var checkpoints = new CheckpointFile(directory.Checkpoints, readOnly: true);
        var tenants = await readers.ReadAsync(TenantTable.Numbers, cancellation);
        if (only is not null && !tenants.ContainsKey(only))
        {
            await error.WriteLineAsync($"There is no tenant '{only}'.");
            return 2;
        }

        foreach (var (tenant, number) in tenants.Where(pair => only is null || pair.Key == only))
        {
            var entries = new AuditStreams(readers).EveryAsync(number, cancellation);
            var found = await AuditVerifier.VerifyAsync(tenant, entries, checkpoints, signer, cancellation: cancellation);
            if (found.FirstInvalid is { } bad)
            {
                await output.WriteLineAsync($"{tenant}: INVALID at {bad.RequestId}, entry {bad.Sequence}: {bad.Reason}");
                return 1;
            }

            await output.WriteLineAsync($"{tenant}: valid, {found.Checked} entries");
        }

        return 0;
    }
}
