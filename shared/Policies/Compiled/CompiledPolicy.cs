using System.Collections.Immutable;
using Approvals.Chains.State;
using Approvals.Conditions;

namespace Approvals.Policies.Compiled;

/// <summary>An active version with its condition, ready for the gate.</summary>
/// <param name="Rank">Its place in the order in which policies are asked.</param>
internal sealed record CompiledPolicy(Policy Policy, PolicyRef Ref, CompiledCondition? When, int Rank)
{
    /// <summary>Conditions of all levels; empty where a level has none, and so is always asked.</summary>
    private readonly ImmutableArray<CompiledCondition> _levels = Policy.Levels.Any(level => level.When is null)
        ? []
        : [.. Policy.Levels.Select(level => ConditionCache.Of(level.When!))];

    public static CompiledPolicy Of(Policy policy, int version, int rank) => new(
        policy, new PolicyRef(policy.Key, version), policy.When is { } when ? ConditionCache.Of(when) : null, rank);

    /// <summary>Whether every level would be skipped. A level whose condition fails is asked.</summary>
    public bool SkipsAllLevels(ConditionInput input)
    {
        foreach (var when in _levels)
        {
            if (when.Holds(input, out var fault) || fault is not null)
            {
                return false;
            }
        }
        return !_levels.IsEmpty;
    }
}
