using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>Checkpoints in memory.</summary>
public sealed class MemoryCheckpoints : ICheckpointStore
{
    private readonly List<Checkpoint> _all = [];

    public ValueTask<Checkpoint?> LastAsync(string tenant, CancellationToken cancellation) => new(_all.FindLast(each => each.Tenant == tenant));

    public ValueTask AppendAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        _all.Add(checkpoint);
        return default;
    }

    /// <summary>Somebody removes them all behind the service's back.</summary>
    public void Clear() => _all.Clear();

    public async IAsyncEnumerable<Checkpoint> ReadAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var checkpoint in _all.Where(each => each.Tenant == tenant).ToList())
        {
            yield return checkpoint;
        }
    }
}
