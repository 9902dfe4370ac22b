using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Ports;

/// <summary>Posts cards to Teams workflows.</summary>
public interface ICardPoster
{
    ValueTask<DeliveryResult> PostAsync(Uri address, Value card, CancellationToken cancellation);
}
