using Approvals.Outbox;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>A delivery's row, wherever it is kept.</summary>
internal static class DeliveryRow
{
    public static TableEntity Of(Delivery delivery, string partition, string rowKey) => new(partition, rowKey)
    {
        ["Id"] = delivery.Id,
        ["Consumer"] = delivery.Consumer,
        ["Tenant"] = delivery.Tenant,
        ["Request"] = delivery.RequestId,
        ["Event"] = delivery.EventId,
        ["Type"] = delivery.EventType,
        ["Position"] = delivery.Position,
        ["Status"] = (int)delivery.Status,
        ["Attempts"] = delivery.Attempts,
        ["FirstAt"] = delivery.FirstAt.UtcTicks,
        ["NextAt"] = delivery.NextAt.UtcTicks,
        ["Error"] = delivery.LastError,
    };

    public static Delivery Read(TableEntity row) => new()
    {
        Id = row.GetString("Id"),
        Consumer = row.GetString("Consumer"),
        Tenant = row.GetString("Tenant"),
        RequestId = row.GetString("Request"),
        EventId = row.GetString("Event"),
        EventType = row.GetString("Type"),
        Position = row.GetInt64("Position")!.Value,
        Status = (DeliveryStatus)row.GetInt32("Status")!.Value,
        Attempts = row.GetInt32("Attempts")!.Value,
        FirstAt = new DateTimeOffset(row.GetInt64("FirstAt")!.Value, TimeSpan.Zero),
        NextAt = new DateTimeOffset(row.GetInt64("NextAt")!.Value, TimeSpan.Zero),
        LastError = row.GetString("Error"),
    };
}
