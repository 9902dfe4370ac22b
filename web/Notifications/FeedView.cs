using System.Collections.Immutable;
using Approvals.Notifications;

namespace Approvals.Web.Notifications;

/// <summary>The in-app feed.</summary>
/// <param name="Read">What came after is unread.</param>
public sealed record FeedView(ImmutableArray<Notification> Items, DateTimeOffset Read, string? NextCursor)
{
    public bool HasUnread => Items.Any(item => item.At > Read);
}
