namespace Approvals.Chains.State;

/// <summary>One-shot permission to execute exactly what was approved.</summary>
/// <param name="ExpiresAt">A claim must come before.</param>
/// <param name="Execution">Set once claimed.</param>
public sealed record GrantState(DateTimeOffset ExpiresAt, ExecutionState? Execution = null);
