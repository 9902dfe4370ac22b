using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Telemetry;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Upkeep;

/// <inheritdoc/>
internal sealed partial class UpkeepWork(
    ITenantCatalog catalog, TablesDelegationStore delegations, TenantChanges changes, EntriesUnderWay underWay, TablesIdempotencyStore responses, CheckpointTaker checkpoints,
    ProjectionRebuild rebuild, LeftPeople left, IEnumerable<HeldMail> heldMail, StartupSignal startup, TimeProvider time, ILogger<UpkeepWork> log) : IUpkeepWork
{
    public async Task EveryMinuteAsync(CancellationToken cancellation)
    {
        await startup.WaitAsync(cancellation);
        foreach (var tenant in await catalog.TenantsAsync(cancellation))
        {
            // One tenant's fault is not the others'.
            await TryAsync(() => TurnDelegationsAsync(tenant, cancellation), cancellation);
            await TryAsync(() => EndLeftAsync(tenant, cancellation), cancellation);
            await TryAsync(() => changes.CarryOverAsync(tenant, cancellation), cancellation);
            await TryAsync(() => underWay.CarryOverAsync(tenant, cancellation), cancellation);
        }

        foreach (var held in heldMail)
        {
            await TryAsync(() => held.RunAsync(time.GetUtcNow(), cancellation), cancellation);
        }
    }

    public Task EveryDayAsync(CancellationToken cancellation) => responses.PruneAsync(time.GetUtcNow(), cancellation);

    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation) => await catalog.TenantsAsync(cancellation);

    public Task TakeCheckpointAsync(string tenant, CancellationToken cancellation) => checkpoints.TakeAsync(tenant, cancellation);

    public async Task<string?> RebuildAsync(string tenant, string? after, CancellationToken cancellation)
    {
        var next = await rebuild.RequestsAsync(tenant, after, cancellation);
        if (next is null)
        {
            await rebuild.OrphansAsync(tenant, cancellation);
        }

        return next;
    }

    private async Task EndLeftAsync(string tenant, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(tenant, cancellation) is { } snapshot)
        {
            await left.EndAsync(snapshot, cancellation);
        }
    }

    private async Task TurnDelegationsAsync(string tenant, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await catalog.FindAsync(tenant, cancellation) is { } snapshot)
        {
            foreach (var delegation in snapshot.Delegations.All)
            {
                if (DelegationTurn.Due(tenant, delegation, now) is { } turn)
                {
                    await delegations.TurnAsync(tenant, delegation, turn);
                }
            }
        }
    }

    private async Task TryAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Meters.Failed("upkeep");
            Failed(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of the upkeep failed; it is tried again in a minute.")]
    private static partial void Failed(ILogger logger, Exception fault);
}
