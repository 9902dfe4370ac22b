using System.Collections.Immutable;

namespace Approvals.Delegations;

/// <summary>The delegations of a tenant that are not over.</summary>
public sealed class DelegationSet(IEnumerable<Delegation> delegations)
{
    public ImmutableArray<Delegation> All { get; } = [.. delegations.OrderBy(d => d.Id, StringComparer.Ordinal)];
}
