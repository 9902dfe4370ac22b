using Approvals.Ports;

namespace Approvals.Audit;

/// <summary>Takes checkpoints of a tenant's trail, and has the trail mention each; both hosts take them on their schedules by this.</summary>
public sealed class CheckpointTaker(IAuditStore audit, IRequestEngine engine, ICheckpointStore store, ICheckpointSigner signer, TimeProvider time)
{
    /// <summary>Covers everything that was committed when it began.</summary>
    public async Task TakeAsync(string tenant, CancellationToken cancellation)
    {
        Checkpoint? taken;
        do
        {
            var previous = await store.LastAsync(tenant, cancellation);
            var entries = audit.ReadAsync(tenant, previous?.ToPosition ?? 0, cancellation);
            taken = await CheckpointBuilder.BuildAsync(tenant, previous, entries, time.GetUtcNow(), signer, cancellation: cancellation);
            if (taken is not null)
            {
                await store.AppendAsync(taken, cancellation);
                await engine.RecordAsync([CheckpointMention.Of(taken)], cancellation);
            }
        }
        while (taken is not null && taken.ToPosition - taken.FromPosition >= CheckpointBuilder.MostEntries);
    }
}
