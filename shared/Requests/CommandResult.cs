namespace Approvals.Requests;

/// <param name="Receipt">Null: accepted, not settled yet (only where commands travel).</param>
/// <param name="Request">As it was after the command; null where there is no such request.</param>
public sealed record CommandResult(Receipt? Receipt, StoredRequest? Request);
