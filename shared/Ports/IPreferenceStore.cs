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
}

/// <param name="SentUntil">What came after it may still be held back.</param>
public sealed record HeldBack(string Person, NotificationPreferences Preferences, DateTimeOffset SentUntil)
{
    /// <summary>After the person changed their preferences. What was held back under the old ones still is: the new ones release it at their time.</summary>
    /// <param name="before">Null where the person never said.</param>
    public static HeldBack Changed(HeldBack? before, string person, NotificationPreferences preferences, DateTimeOffset now) =>
        before is { Preferences.Holds: true } ? before with { Preferences = preferences } : new HeldBack(person, preferences, now);

    /// <summary>After what was held back until then has been sent.</summary>
    /// <param name="before">Null where the person never said.</param>
    public static HeldBack Sent(HeldBack? before, string person, DateTimeOffset until) =>
        before is null ? new HeldBack(person, NotificationPreferences.Default, until) : before with { SentUntil = until };
}
