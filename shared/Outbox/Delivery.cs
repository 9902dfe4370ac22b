namespace Approvals.Outbox;

/// <summary>An event that one consumer could not be given at once.</summary>
public sealed record Delivery
{
    /// <summary>Unique: <see cref="IdOf"/>.</summary>
    public required string Id { get; init; }
    public required string Consumer { get; init; }
    public required string Tenant { get; init; }
    public required string RequestId { get; init; }
    public required string EventId { get; init; }
    public required string EventType { get; init; }
    public required long Position { get; init; }
    public required DeliveryStatus Status { get; init; }
    public int Attempts { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public DateTimeOffset NextAt { get; init; }
    public string? LastError { get; init; }

    public static string IdOf(string eventId, string consumer) => $"{eventId}.{consumer}";
}

/// <summary>Waiting for another try; given up; done.</summary>
public enum DeliveryStatus
{
    Waiting,
    Dead,
    Delivered,
}
