using System.Collections.Immutable;
using Approvals.Notifications;

namespace Approvals.Ports;

/// <summary>How people want to be told.</summary>
public interface IPreferenceStore
{
    /// <summary>The default where a person never said.</summary>
    ValueTask<NotificationPreferences> FindAsync(string tenant, string person, CancellationToken cancellation);

    ValueTask SaveAsync(string tenant, string person, NotificationPreferences preferences, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Those of whom something may be held back.</summary>
    ValueTask<ImmutableArray<HeldBack>> HoldingAsync(string tenant, CancellationToken cancellation);

    /// <summary>What was held back until then has been sent.</summary>
    ValueTask MarkSentAsync(string tenant, string person, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Begins or ends a burst of the person's mail.</summary>
    /// <param name="change">Of the beginnings of those that are not sent.</param>
    ValueTask ChangeBurstsAsync(
        string tenant, string person, Func<ImmutableArray<DateTimeOffset>, ImmutableArray<DateTimeOffset>> change, CancellationToken cancellation);

    /// <summary>Beginnings of the bursts of the person's mail that are not sent.</summary>
    ValueTask<ImmutableArray<DateTimeOffset>> BurstsAsync(string tenant, string person, CancellationToken cancellation);
}

/// <param name="SentUntil">What came after it may still be held back.</param>
public sealed record HeldBack(string Person, NotificationPreferences Preferences, DateTimeOffset SentUntil)
{
    /// <summary>When mail came too fast to go out singly: what follows within a minute goes in one.</summary>
    public ImmutableArray<DateTimeOffset> Bursts { get; init => field = value.IsDefaultOrEmpty ? [] : value; } = [];

    /// <summary>Something may be held back.</summary>
    public bool Holds => Preferences.Holds || !Bursts.IsEmpty;

    /// <summary>After the person changed their preferences. What was held back under the old ones still is: the new ones release it at their time.</summary>
    /// <param name="before">Null where the person never said.</param>
    public static HeldBack Changed(HeldBack? before, string person, NotificationPreferences preferences, DateTimeOffset now) =>
        before is { Preferences.Holds: true } ? before with { Preferences = preferences } : new HeldBack(person, preferences, now) { Bursts = before?.Bursts ?? [] };

    /// <summary>After what was held back until then has been sent.</summary>
    /// <param name="before">Null where the person never said.</param>
    public static HeldBack Sent(HeldBack? before, string person, DateTimeOffset until) =>
        before is null ? new HeldBack(person, NotificationPreferences.Default, until) : before with { SentUntil = until };

    /// <summary>After a burst began or ended.</summary>
    /// <param name="before">Null where the person never said.</param>
    public static HeldBack Changed(HeldBack? before, string person, Func<ImmutableArray<DateTimeOffset>, ImmutableArray<DateTimeOffset>> change) =>
        (before ?? new HeldBack(person, NotificationPreferences.Default, DateTimeOffset.UnixEpoch)) with { Bursts = change(before?.Bursts ?? []) };
}
