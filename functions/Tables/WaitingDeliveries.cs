using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Functions.Tables;

/// <summary>
/// One consumer's waiting deliveries in memory, so that asking what is due or blocked costs no storage operation. About half a kilobyte each.
/// </summary>
internal sealed class WaitingDeliveries
{
    private static readonly Comparer<Delivery> ByPosition = Comparer<Delivery>.Create((a, b) => a.Position.CompareTo(b.Position));

    private static readonly Comparer<Delivery> ByTime = Comparer<Delivery>.Create((a, b) =>
        a.NextAt.CompareTo(b.NextAt) is var order and not 0 ? order : a.Position.CompareTo(b.Position));

    private readonly Dictionary<(string Request, string Tenant), SortedSet<Delivery>> _requests = [];

    /// <summary>How many tenants have something waiting under a request's id: ids of policies repeat among tenants.</summary>
    private readonly Dictionary<string, int> _tenants = new(StringComparer.Ordinal);

    /// <summary>The first of each request.</summary>
    private readonly SortedSet<Delivery> _first = new(ByTime);

    public DateTimeOffset? NextAt => _first.Min?.NextAt;

    public bool Has(Delivery delivery) => _requests.TryGetValue(KeyOf(delivery), out var waiting) && waiting.Contains(delivery);

    /// <summary>Adds it, or replaces the one with its position.</summary>
    public void Set(Delivery delivery) => Change(KeyOf(delivery), waiting =>
    {
        waiting.Remove(delivery);
        waiting.Add(delivery);
    });

    public void Remove(Delivery delivery) => Change(KeyOf(delivery), waiting => waiting.Remove(delivery));

    public ImmutableArray<Delivery> Due(DateTimeOffset now, int most) => [.. _first.TakeWhile(delivery => delivery.NextAt <= now).Take(most)];

    public ImmutableHashSet<string> Blocked(IReadOnlyCollection<string> requestIds) =>
        _tenants.Count == 0 ? [] : requestIds.Where(_tenants.ContainsKey).ToImmutableHashSet(StringComparer.Ordinal);

    private static (string Request, string Tenant) KeyOf(Delivery delivery) => (delivery.RequestId, delivery.Tenant);

    private void Change((string Request, string Tenant) key, Action<SortedSet<Delivery>> change)
    {
        if (!_requests.TryGetValue(key, out var waiting))
        {
            waiting = new SortedSet<Delivery>(ByPosition);
            _requests.Add(key, waiting);
            _tenants[key.Request] = _tenants.GetValueOrDefault(key.Request) + 1;
        }

        if (waiting.Min is { } before)
        {
            _first.Remove(before);
        }

        change(waiting);
        if (waiting.Min is { } first)
        {
            _first.Add(first);
            return;
        }

        _requests.Remove(key);
        if (--_tenants[key.Request] == 0)
        {
            _tenants.Remove(key.Request);
        }
    }
}
