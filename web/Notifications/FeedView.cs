using System.Collections.Immutable;
using Approvals.Notifications;

namespace Approvals.Web.Notifications;

/// <summary>The in-app feed.</summary>
/// <param name="Read">What came after is unread.</param>
/// <param name="Waiting">When the reader's answer is due, by request; without those that wait for others, or for nobody any more.</param>
public sealed record FeedView(
    ImmutableArray<Notification> Items, DateTimeOffset Read, ImmutableDictionary<string, DateTimeOffset> Waiting, string? NextCursor)
{
    /// <summary>Null where the message asked for no answer, or asks for none any longer.</summary>
    public DateTimeOffset? DueAt(Notification item) =>
        item is { DueAt: not null, RequestId: { } request } && Waiting.TryGetValue(request, out var due) ? due : null;

    public bool HasUnread => Items.Any(item => item.At > Read);
}
