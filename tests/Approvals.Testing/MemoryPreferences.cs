using System.Collections.Immutable;
using Approvals.Notifications;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>Preferences in memory.</summary>
public sealed class MemoryPreferences : IPreferenceStore
{
    private readonly Dictionary<(string Tenant, string Person), HeldBack> _all = [];

    public ValueTask<NotificationPreferences> FindAsync(string tenant, string person, CancellationToken cancellation) =>
        new(_all.TryGetValue((tenant, person), out var held) ? held.Preferences : NotificationPreferences.Default);

    public ValueTask SaveAsync(string tenant, string person, NotificationPreferences preferences, DateTimeOffset now, CancellationToken cancellation)
    {
        _all[(tenant, person)] = new HeldBack(person, preferences, now);
        return default;
    }

    public ValueTask<ImmutableArray<HeldBack>> HoldingAsync(string tenant, CancellationToken cancellation) =>
        new([.. _all.Where(pair => pair.Key.Tenant == tenant && pair.Value.Holds).Select(pair => pair.Value)]);

    public ValueTask MarkSentAsync(string tenant, string person, DateTimeOffset until, CancellationToken cancellation)
    {
        _all[(tenant, person)] = _all[(tenant, person)] with { SentUntil = until };
        return default;
    }

    public ValueTask ChangeBurstsAsync(
        string tenant, string person, Func<ImmutableArray<DateTimeOffset>, ImmutableArray<DateTimeOffset>> change, CancellationToken cancellation)
    {
        _all[(tenant, person)] = HeldBack.Changed(_all.GetValueOrDefault((tenant, person)), person, change);
        return default;
    }

    public ValueTask<ImmutableArray<DateTimeOffset>> BurstsAsync(string tenant, string person, CancellationToken cancellation) =>
        new(_all.TryGetValue((tenant, person), out var held) ? held.Bursts : []);
}
