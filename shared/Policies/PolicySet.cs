using System.Collections.Immutable;
using Approvals.Policies.Compiled;

namespace Approvals.Policies;

/// <summary>The active policies of a tenant, compiled, in the order in which they are asked.</summary>
public sealed class PolicySet
{
    private readonly PolicyIndex _index;

    public PolicySet(IEnumerable<PolicyVersion> active)
    {
        Active = [.. active.OrderByDescending(v => v.Policy.Priority).ThenBy(v => v.Policy.Key, StringComparer.Ordinal)];
        // The built-in ones come last, whatever their priority: a tenant's own replaces them wherever it applies.
        _index = new PolicyIndex(
            [.. Active.Select((version, rank) => CompiledPolicy.Of(version.Policy, version.Version, rank)), .. BuiltInPolicies.Compiled]);
    }

    /// <summary>Highest priority first, then key order. Without the built-in ones.</summary>
    public ImmutableArray<PolicyVersion> Active { get; }

    /// <summary>Those that cover an action type, the built-in ones included, in the order in which they are asked.</summary>
    internal ReadOnlySpan<CompiledPolicy> For(string actionType) => _index.For(actionType);

    /// <summary>The set with another version of a policy in place of the active one of its key.</summary>
    internal PolicySet With(PolicyVersion version) => new(Active.Where(other => other.Policy.Key != version.Policy.Key).Append(version));
}
