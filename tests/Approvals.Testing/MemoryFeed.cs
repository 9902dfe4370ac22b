using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Approvals.Notifications;
using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>The in-app feed in memory.</summary>
public sealed class MemoryFeed : INotificationStore
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(string Tenant, string Person), string> _first = new();

    /// <summary>In the order in which they were added.</summary>
    public List<Notification> Items { get; } = [];

    public ValueTask AddAsync(ImmutableArray<Notification> notifications, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Items.AddRange(notifications.Where(added => Items.TrueForAll(item => item.Id != added.Id)));
        }

        return default;
    }

    public ValueTask<string> KeepFirstAsync(string tenant, string person, string messageId, CancellationToken cancellation) =>
        new(_first.GetOrAdd((tenant, person), messageId));

    public ValueTask<Page<Notification>> ListAsync(string tenant, string person, PageRequest page, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var skip = page.Cursor is null ? 0 : int.Parse(page.Cursor, CultureInfo.InvariantCulture);
            var all = Items.Where(item => item.Tenant == tenant && item.Person == person).Reverse().ToArray();
            var next = skip + page.Limit < all.Length ? (skip + page.Limit).ToString(CultureInfo.InvariantCulture) : null;
            return new(new Page<Notification>([.. all.Skip(skip).Take(page.Limit)], next));
        }
    }
}
