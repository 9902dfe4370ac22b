using Approvals.Outbox;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Hosting.Delivery;

/// <summary>Calls the address that a type names, on its final approval, signed with the type's secret.</summary>
internal sealed class WebhookSideEffect(HttpClient client, TimeProvider time) : ISideEffect
{
    /// <summary>Type of the CloudEvent that is sent.</summary>
    private const string EventName = "approval.side_effect";

    public string Name => "webhook";

    public bool Follows(ApprovalType type) => type.SideEffect is not null;

    public ValueTask<DeliveryResult> RunAsync(ApprovedRequest approved, CancellationToken cancellation)
    {
        var effect = approved.Type.SideEffect!;
        var call = approved.Event with
        {
            // A receiver of both the events and the effect must not take one for a repeat of the other.
            Id = $"{approved.Event.Id}-effect",
            Type = EventName,
            Body = JsonText.Canonical(approved.ToValue()),
        };
        return SignedPost.SendAsync(client, effect.Url, effect.Secret, call, time, cancellation);
    }
}
