using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Api.Handlers;

/// <summary>Reads the outbox for streams. Most of them stand at one position: what one has read, the others need not read again.</summary>
public sealed class OutboxTail(IOutboxStore outbox)
{
    private Batch? _last;

    public async ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _last) is { } last && last.After == after && last.Most == most)
        {
            return last.Records;
        }
        var records = await outbox.ReadAsync(after, most, cancellation);
        // Records are never changed, but an empty or short batch grows: only what is there may be taken from here.
        if (!records.IsEmpty)
        {
            Volatile.Write(ref _last, new Batch(after, most, records));
        }
        return records;
    }

    private sealed record Batch(long After, int Most, ImmutableArray<OutboxRecord> Records);
}
