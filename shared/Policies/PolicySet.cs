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
        _index = Index(Active.Select(version => (version.Policy, version.Version)));
    }

    private PolicySet(ImmutableArray<PolicyVersion> active, PolicyIndex index) => (Active, _index) = (active, index);

    /// <summary>Highest priority first, then key order. Without the built-in ones.</summary>
    public ImmutableArray<PolicyVersion> Active { get; }

    /// <summary>Whether a policy is about an action type, whatever its condition says of a payload.</summary>
    public bool Covers(string actionType) => _index.For(actionType).Length > 0;

    /// <summary>A pattern that would cover an action type if case did not count, where none but <c>*</c> does as it is; else null.</summary>
    public string? InAnotherCase(string actionType) => _index.InAnotherCase(actionType);

    /// <summary>Those that cover an action type, the built-in ones included, in the order in which they are asked.</summary>
    internal ReadOnlySpan<CompiledPolicy> For(string actionType) => _index.For(actionType);

    /// <summary>As though another version of a policy were active; <see cref="Active"/> stays as it is.</summary>
    internal PolicySet With(Policy policy, int version)
    {
        var others = Active.Where(other => other.Policy.Key != policy.Key).Select(other => (other.Policy, other.Version));
        var ordered = others.Append((Policy: policy, Version: version))
            .OrderByDescending(each => each.Policy.Priority).ThenBy(each => each.Policy.Key, StringComparer.Ordinal);
        return new PolicySet(Active, Index(ordered));
    }

    /// <summary>The built-in ones come last, whatever their priority: a tenant's own replaces them wherever it applies.</summary>
    private static PolicyIndex Index(IEnumerable<(Policy Policy, int Version)> policies) =>
        new([.. policies.Select((each, rank) => CompiledPolicy.Of(each.Policy, each.Version, rank)), .. BuiltInPolicies.Compiled]);
}
