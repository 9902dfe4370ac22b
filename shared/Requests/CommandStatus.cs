namespace Approvals.Requests;

/// <summary>What became of a command.</summary>
/// <param name="Receipt">Null: taken, and not carried out yet.</param>
public sealed record CommandStatus(Receipt? Receipt);
