namespace Approvals.Outbox;

/// <summary>What became of giving one event to one consumer.</summary>
/// <param name="Error">For people; no secrets, no personal data.</param>
public readonly record struct DeliveryResult(DeliveryOutcome Outcome, string? Error)
{
    public static readonly DeliveryResult Delivered = new(DeliveryOutcome.Delivered, null);

    /// <summary>Not tried, since an earlier event of the same request was not delivered.</summary>
    public static readonly DeliveryResult Behind = new(DeliveryOutcome.Behind, null);

    public static DeliveryResult Retry(string error) => new(DeliveryOutcome.Retry, error);

    /// <summary>Trying again is pointless.</summary>
    public static DeliveryResult GiveUp(string error) => new(DeliveryOutcome.GiveUp, error);
}

public enum DeliveryOutcome
{
    Delivered,
    Behind,
    Retry,
    GiveUp,
}
