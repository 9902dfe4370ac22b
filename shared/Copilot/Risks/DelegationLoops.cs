using System.Collections.Immutable;
using Approvals.Copilot.Cards;
using Approvals.Delegations;

namespace Approvals.Copilot.Risks;

/// <summary>
/// Authority that comes back to who lent it: two people for each other, or a circle of several. What would close a circle at one moment is refused
/// when it is created; over a time it may still go round.
/// </summary>
internal static class DelegationLoops
{
    private const int Longest = 5;

    /// <summary>Steps that a search takes before it gives up.</summary>
    private const int MostSteps = 20_000;

    public static IEnumerable<ToolCard> Find(RiskScope scope)
    {
        var lent = scope.Delegations.Where(delegation => IsIn(delegation, scope)).ToArray();
        var next = lent.ToLookup(delegation => delegation.Delegator, StringComparer.Ordinal);
        var found = new List<ImmutableArray<string>>();
        var steps = 0;
        foreach (var person in next.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            Search(next, [person], found, ref steps);
        }
        return found.Select(loop => Card(scope, loop, lent));
    }

    /// <summary>Each circle begins with the least of its people, so that it is found once.</summary>
    private static void Search(ILookup<string, Delegation> next, ImmutableArray<string> path, List<ImmutableArray<string>> found, ref int steps)
    {
        foreach (var to in next[path[^1]].Select(delegation => delegation.Delegate).Distinct(StringComparer.Ordinal))
        {
            if (++steps > MostSteps)
            {
                return;
            }
            if (to == path[0] && path.Length > 1)
            {
                found.Add(path);
            }
            else if (path.Length < Longest && string.CompareOrdinal(to, path[0]) > 0 && !path.Contains(to))
            {
                Search(next, path.Add(to), found, ref steps);
            }
        }
    }

    private static ToolCard Card(RiskScope scope, ImmutableArray<string> loop, Delegation[] lent)
    {
        var steps = loop.Select((from, i) => (From: from, To: loop[(i + 1) % loop.Length])).ToArray();
        var concerned = lent.Where(delegation => steps.Contains((delegation.Delegator, delegation.Delegate))).ToArray();
        return new ToolCard
        {
            Title = loop.Length == 2 ? Texts.RiskPair : Texts.RiskCircle,
            Summary = Phrase.With(Texts.RiskCircleText, string.Join(" → ", loop.Append(loop[0]).Select(scope.Name))),
            Confidence = loop.Length == 2 ? 0.6 : 0.7,
            Why = [.. concerned.Take(Evidence.Most).Select(each => Phrase.With(Texts.RiskCircleWhy, each.Delegator, each.Delegate, string.Join(", ", each.ActionTypes)))],
            Provenance = [.. concerned.Take(Evidence.Most).Select(each => new Provenance(ProvenanceSource.Delegation, each.Id))],
        };
    }

    private static bool IsIn(Delegation delegation, RiskScope scope)
    {
        var until = delegation.EndedAt < delegation.Until ? delegation.EndedAt.Value : delegation.Until;
        return delegation.PendingRequest is null && delegation.From < until && delegation.From < scope.To && until > scope.From;
    }
}
