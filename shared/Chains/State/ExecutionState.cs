namespace Approvals.Chains.State;

/// <summary>The claim of a grant and what its caller reported.</summary>
/// <param name="Id">Given to the caller that claimed; the report names it.</param>
public sealed record ExecutionState(string Id, DateTimeOffset ClaimedAt, ExecutionOutcome Outcome, DateTimeOffset? ReportedAt);
