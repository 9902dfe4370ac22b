using Approvals.Audit;

namespace Approvals.Ports;

/// <summary>Checkpoints of the trail, kept apart from it (immutable blob; a separate file). Append-only.</summary>
public interface ICheckpointStore
{
    ValueTask<Checkpoint?> LastAsync(string tenant, CancellationToken cancellation);

    /// <summary>Durable when it returns.</summary>
    ValueTask AppendAsync(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>All of a tenant, in their order.</summary>
    IAsyncEnumerable<Checkpoint> ReadAsync(string tenant, CancellationToken cancellation);
}
