using Approvals.Functions.Tables;
using Approvals.Hosting;

namespace Approvals.Functions.Hosting;

/// <summary>Publishes the policies' files in one process at a time: of workers that start together the first one does, and the others find it done.</summary>
internal sealed class PolicyFiles(StartupPolicies policies, ServiceTables tables, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <param name="directory">Null: those of the demo tenant, where there is one.</param>
    /// <exception cref="SettingsException">One can't be published.</exception>
    public async Task PublishAsync(string? directory, bool withDemo, CancellationToken cancellation)
    {
        if (directory is null && !withDemo)
        {
            return;
        }

        var lease = new Lease(tables.Events, "policies", time);
        while (!await lease.TryHoldAsync(cancellation))
        {
            await Task.Delay(LookEvery, time, cancellation);
        }

        try
        {
            await policies.PublishAsync(directory, withDemo, cancellation);
        }
        finally
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
    }
}
