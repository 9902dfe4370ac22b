using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Approvals.Outbox;

/// <summary>Delivers records one by one: requests in parallel up to a bound, events of one request in order, and none past a failure.</summary>
public static class PerRequest
{
    public static async ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(
        ImmutableArray<OutboxRecord> records,
        int concurrency,
        Func<OutboxRecord, CancellationToken, ValueTask<DeliveryResult>> deliver,
        CancellationToken cancellation)
    {
        var results = new DeliveryResult[records.Length];
        var requests = Enumerable.Range(0, records.Length).GroupBy(i => (records[i].Event.Tenant, records[i].Event.RequestId));
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation };
        await Parallel.ForEachAsync(requests, options, async (request, token) =>
        {
            var failed = false;
            foreach (var i in request)
            {
                results[i] = failed ? DeliveryResult.Behind : await deliver(records[i], token);
                failed |= results[i].Outcome == DeliveryOutcome.Retry;
            }
        });
        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }
}
