using Approvals.Chains.State;

namespace Approvals.Policies.Compiled;

/// <summary>An active version with its condition, ready for the gate.</summary>
/// <param name="Rank">Its place in the order in which policies are asked.</param>
internal sealed record CompiledPolicy(Policy Policy, PolicyRef Ref, CompiledCondition? When, int Rank)
{
    public static CompiledPolicy Of(Policy policy, int version, int rank) => new(
        policy, new PolicyRef(policy.Key, version), policy.When is { } when ? ConditionCache.Of(when) : null, rank);
}
