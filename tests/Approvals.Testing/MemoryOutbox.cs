using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>An outbox in memory that behaves as the port says.</summary>
public sealed class MemoryOutbox : IOutboxStore
{
    private readonly Lock _gate = new();
    private readonly List<OutboxRecord> _records = [];
    private readonly Dictionary<string, long> _cursors = [];
    private readonly Dictionary<string, Delivery> _deliveries = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Deliveries that are not done, in the order of their events.</summary>
    public IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries.Values.OrderBy(delivery => delivery.Position)];
            }
        }
    }

    public OutboxEvent Add(string type, string requestId = "r1", string tenant = "contoso", string body = "{}")
    {
        lock (_gate)
        {
            return Add(new OutboxEvent
            {
                Id = $"e{_records.Count + 1}",
                Tenant = tenant,
                RequestId = requestId,
                Type = type,
                Time = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
                Body = System.Text.Encoding.UTF8.GetBytes(body),
            });
        }
    }

    public OutboxEvent Add(OutboxEvent happened)
    {
        lock (_gate)
        {
            _records.Add(new OutboxRecord(_records.Count + 1, happened));
            _added.TrySetResult();
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return happened;
        }
    }

    /// <summary>Everything so far.</summary>
    public ImmutableArray<OutboxRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new([.. _records.Where(record => record.Position > after).Take(most)]);
        }
    }

    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new([.. _records.Where(record => record.Position > after && record.Position <= upTo && record.Event.Tenant == tenant).Take(most)]);
        }
    }

    public ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(_records.Find(record => record.Event.Id == eventId));
        }
    }

    public ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(_cursors.TryGetValue(consumer, out var cursor) ? cursor : null);
        }
    }

    public ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _cursors[consumer] = position;
            foreach (var delivery in postponed)
            {
                _deliveries[delivery.Id] = delivery;
            }
        }

        return default;
    }

    public ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new([.. Firsts(consumer).Where(delivery => delivery.NextAt <= now).Take(most)]);
        }
    }

    public ValueTask<ImmutableHashSet<string>> BlockedAsync(string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new([.. Firsts(consumer).Select(delivery => delivery.RequestId).Intersect(requestIds)]);
        }
    }

    public ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (delivery.Status == DeliveryStatus.Delivered)
            {
                _deliveries.Remove(delivery.Id);
            }
            else
            {
                _deliveries[delivery.Id] = delivery;
            }
        }

        return default;
    }

    public ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        new(new Page<Delivery>([.. Deliveries.Where(delivery => delivery.Tenant == tenant && delivery.Status == DeliveryStatus.Dead)], null));

    public ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation) =>
        new(Deliveries.FirstOrDefault(delivery => delivery.Tenant == tenant && delivery.Id == id));

    public ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(Firsts(consumer).Min(delivery => (DateTimeOffset?)delivery.NextAt));
        }
    }

    public async ValueTask WaitAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            Task added;
            lock (_gate)
            {
                if (_records.Count > position)
                {
                    return;
                }

                added = _added.Task;
            }

            await added.WaitAsync(cancellation);
        }
    }

    public ValueTask<long> HeadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(_records.Count);
        }
    }

    private IEnumerable<Delivery> Firsts(string consumer) => _deliveries.Values
        .Where(delivery => delivery.Consumer == consumer && delivery.Status == DeliveryStatus.Waiting)
        .OrderBy(delivery => delivery.Position)
        .DistinctBy(delivery => (delivery.Tenant, delivery.RequestId));
}
