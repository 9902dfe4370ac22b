namespace Approvals.Outbox;

/// <summary>A CloudEvent committed with the transition that caused it, and delivered at least once afterwards.</summary>
public sealed record OutboxEvent
{
    /// <summary>Unique and stable: deduplication key of every receiver.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Order is kept within it; for policy and delegation events, the key or id of what changed.</summary>
    public required string RequestId { get; init; }

    /// <summary>One of <see cref="EventType"/>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The CloudEvent's <c>data</c>, UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
