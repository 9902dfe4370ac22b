using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>Makes the messages of events, with the people as they are now, and the request as it was then or is now.</summary>
public sealed class MessageReader(IRequestStore requests, ITenantCatalog catalog, INotificationStore feed)
{
    private readonly FirstAsk _first = new(feed);

    /// <summary>Events of which nobody is ever told.</summary>
    public static bool Concerns(OutboxEvent happened) => happened.Type != EventType.PolicyPublished;

    public async ValueTask<(TenantSnapshot? Tenant, ImmutableArray<Message> Messages)> ReadAsync(OutboxEvent happened, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(happened.Tenant, cancellation) is not { } tenant)
        {
            return (null, []);
        }

        StoredRequest? request = null;
        if (happened.Type is not (EventType.DelegationChanged or EventType.DirectoryChanged))
        {
            request = await requests.FindAsync(happened, cancellation);
        }

        var messages = MessagePlan.Of(happened, request, tenant).ToBuilder();
        for (var i = 0; i < messages.Count; i++)
        {
            messages[i] = await _first.IntroduceAsync(messages[i], cancellation);
        }

        return (tenant, messages.DrainToImmutable());
    }
}
