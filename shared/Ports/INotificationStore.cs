using System.Collections.Immutable;
using Approvals.Notifications;

namespace Approvals.Ports;

/// <summary>The in-app feed.</summary>
public interface INotificationStore
{
    /// <summary>Adds notifications; one whose id is there already is left as it is.</summary>
    ValueTask AddAsync(ImmutableArray<Notification> notifications, CancellationToken cancellation);

    /// <summary>Keeps which message first asked a person to decide, and gives the one that is kept: the first call's, whoever calls afterwards.</summary>
    ValueTask<string> KeepFirstAsync(string tenant, string person, string messageId, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Notification>> ListAsync(string tenant, string person, PageRequest page, CancellationToken cancellation);
}
