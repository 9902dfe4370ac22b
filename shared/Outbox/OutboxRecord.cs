namespace Approvals.Outbox;

/// <param name="Position">Ascending in commit order.</param>
public sealed record OutboxRecord(long Position, OutboxEvent Event);
