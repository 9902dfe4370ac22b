using System.Collections.Immutable;

namespace Approvals.Policies;

/// <summary>The active policies of a tenant, compiled, in the order in which they are asked.</summary>
public sealed class PolicySet(IEnumerable<PolicyVersion> active)
{
    /// <summary>Highest priority first, then key order.</summary>
    public ImmutableArray<PolicyVersion> Active { get; } =
        [.. active.OrderByDescending(v => v.Policy.Priority).ThenBy(v => v.Policy.Key, StringComparer.Ordinal)];
}
