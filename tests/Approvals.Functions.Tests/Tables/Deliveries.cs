using Approvals.Outbox;

namespace Approvals.Functions.Tests.Tables;

internal static class Deliveries
{
    public const string Hook = "hook";
    public const string Tenant = "contoso";

    public static Delivery Waiting(long position, DateTimeOffset next, string? request = null, string? eventId = null, string tenant = Tenant, string consumer = Hook)
    {
        var id = eventId ?? $"e{position}";
        return new Delivery
        {
            Id = Delivery.IdOf(id, consumer),
            Consumer = consumer,
            Tenant = tenant,
            RequestId = request ?? $"r{position}",
            EventId = id,
            EventType = EventType.Requested,
            Position = position,
            Status = DeliveryStatus.Waiting,
            FirstAt = next,
            NextAt = next,
            LastError = "500",
        };
    }
}
