namespace Approvals.Outbox;

/// <summary>When a failed delivery is tried again: after 1, 2, 4, … seconds up to an hour apart, for a day from the first try; then it is dead.</summary>
public static class RetrySchedule
{
    private const int MaxErrorLength = 500;

    /// <summary>2^12 s is more than an hour.</summary>
    private const int MaxDoublings = 12;

    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>The row of an event before its first try.</summary>
    public static Delivery First(string consumer, OutboxRecord record, DateTimeOffset now) => new()
    {
        Id = Delivery.IdOf(record.Event.Id, consumer),
        Consumer = consumer,
        Tenant = record.Event.Tenant,
        RequestId = record.Event.RequestId,
        EventId = record.Event.Id,
        EventType = record.Event.Type,
        Position = record.Position,
        Status = DeliveryStatus.Waiting,
        FirstAt = now,
        NextAt = now,
    };

    /// <summary>The row after a try.</summary>
    public static Delivery After(Delivery delivery, DeliveryResult result, DateTimeOffset now)
    {
        if (result.Outcome == DeliveryOutcome.Behind)
        {
            return delivery;
        }

        // The day counts from the event's own first try, not from when it began to wait behind another.
        var first = delivery.Attempts == 0 ? now : delivery.FirstAt;
        var next = now + Delay(delivery.Attempts + 1);
        var tried = delivery with { Attempts = delivery.Attempts + 1, FirstAt = first, NextAt = next, LastError = Cut(result.Error) };
        return result.Outcome switch
        {
            DeliveryOutcome.Delivered => tried with { Status = DeliveryStatus.Delivered },
            DeliveryOutcome.Retry when next <= first + GiveUpAfter => tried,
            _ => tried with { Status = DeliveryStatus.Dead },
        };
    }

    /// <summary>A dead delivery brought back: due now, with a day of its own.</summary>
    public static Delivery Again(Delivery delivery, DateTimeOffset now) =>
        delivery with { Status = DeliveryStatus.Waiting, Attempts = 0, FirstAt = now, NextAt = now };

    private static TimeSpan Delay(int attempts)
    {
        var delay = TimeSpan.FromSeconds(1L << Math.Min(attempts - 1, MaxDoublings));
        return delay < Longest ? delay : Longest;
    }

    private static string? Cut(string? error) => error?.Length > MaxErrorLength ? error[..MaxErrorLength] : error;
}
