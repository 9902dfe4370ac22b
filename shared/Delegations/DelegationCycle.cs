using System.Collections.Immutable;

namespace Approvals.Delegations;

/// <summary>
/// Whether a new delegation would close a circle: delegations from its delegate back to its delegator, all in force at one moment and over
/// one action type. Those that wait for approval count, for they may come into force.
/// </summary>
internal static class DelegationCycle
{
    /// <summary>Steps after which times and action types are no longer looked at: any way back is then refused.</summary>
    private const int MostSteps = 2_000;

    public static bool Closes(DelegationSet delegations, Delegation added, DateTimeOffset now)
    {
        var search = new Search(delegations, added, now);
        var found = search.Back(added.Delegate, added.From, added.Until, added.ActionTypes, []);
        return found || (search.Steps >= MostSteps && Reaches(delegations, added, now));
    }

    /// <summary>Narrows time and action types down along each way.</summary>
    private sealed class Search(DelegationSet delegations, Delegation added, DateTimeOffset now)
    {
        public int Steps { get; private set; }

        public bool Back(string person, DateTimeOffset from, DateTimeOffset until, ImmutableArray<string> patterns, ImmutableHashSet<string> passed)
        {
            if (person == added.Delegator)
            {
                return true;
            }
            foreach (var next in delegations.By(person))
            {
                if (Steps >= MostSteps)
                {
                    return false;
                }
                Steps++;
                var begins = next.From > from ? next.From : from;
                var ends = next.Until < until ? next.Until : until;
                if (!IsOpen(next, added, now) || begins >= ends || passed.Contains(next.Delegate))
                {
                    continue;
                }
                var common = PatternSet.Common(patterns, next.ActionTypes);
                if (!common.IsEmpty && Back(next.Delegate, begins, ends, common, passed.Add(person)))
                {
                    return true;
                }
            }
            return false;
        }
    }

    private static bool Reaches(DelegationSet delegations, Delegation added, DateTimeOffset now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { added.Delegate };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var person))
        {
            foreach (var next in delegations.By(person).Where(next => IsOpen(next, added, now)))
            {
                if (next.Delegate == added.Delegator)
                {
                    return true;
                }
                if (seen.Add(next.Delegate))
                {
                    open.Enqueue(next.Delegate);
                }
            }
        }
        return false;
    }

    /// <summary>Not over, and not the one that is being replaced.</summary>
    private static bool IsOpen(Delegation delegation, Delegation added, DateTimeOffset now) =>
        delegation.EndedAt is null && delegation.Until > now && delegation.Id != added.Id;
}
