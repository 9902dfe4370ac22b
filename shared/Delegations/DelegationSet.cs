using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Approvals.Delegations;

/// <summary>The delegations of a tenant that are not over, found by either side in constant time.</summary>
public sealed class DelegationSet
{
    public static readonly DelegationSet Empty = new([]);

    private readonly FrozenDictionary<string, ImmutableArray<Delegation>> _byDelegator;
    private readonly FrozenDictionary<string, ImmutableArray<Delegation>> _byDelegate;

    public DelegationSet(IEnumerable<Delegation> delegations)
    {
        All = [.. delegations.OrderBy(d => d.Id, StringComparer.Ordinal)];
        _byDelegator = Index(delegation => delegation.Delegator);
        _byDelegate = Index(delegation => delegation.Delegate);
    }

    /// <summary>Ordered by id.</summary>
    public ImmutableArray<Delegation> All { get; }

    /// <summary>What a person lent, the latest beginning first: a newer delegation goes before an older one.</summary>
    public ImmutableArray<Delegation> By(string delegator) => _byDelegator.GetValueOrDefault(delegator, []);

    /// <summary>What was lent to a person, the latest beginning first.</summary>
    public ImmutableArray<Delegation> To(string delegateId) => _byDelegate.GetValueOrDefault(delegateId, []);

    private FrozenDictionary<string, ImmutableArray<Delegation>> Index(Func<Delegation, string> person) =>
        All.GroupBy(person, StringComparer.Ordinal).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderByDescending(d => d.From).ThenByDescending(d => d.CreatedAt).ThenBy(d => d.Id, StringComparer.Ordinal)
                .ToImmutableArray(),
            StringComparer.Ordinal);
}
