namespace Approvals.Chains.State;

/// <summary>One immutable version of a policy.</summary>
public sealed record PolicyRef(string Key, int Version);
