using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>Who is asked at a level, and who of them only because nobody else was left.</summary>
/// <param name="Groups">Empty where a group can't be filled.</param>
/// <param name="Added">Escalation targets and fallback approvers that were needed.</param>
internal readonly record struct Staffing(ImmutableArray<GroupState> Groups, ImmutableArray<Candidate> Added)
{
    public static Staffing Of(RequestState state, LevelDefinition definition, LevelResolution found)
    {
        var eligible = new Eligibility(state, found.Level);
        var distinct = state.DistinctApprovers && definition.Groups.Length > 1;
        var people = Eligible(eligible, definition, found);
        if (distinct)
        {
            people = DistinctGroups.Of(people, [.. definition.Groups.Select(Minimum)]);
        }
        var groups = ImmutableArray.CreateBuilder<GroupState>();
        var added = ImmutableArray.CreateBuilder<Candidate>();
        for (var i = 0; i < definition.Groups.Length; i++)
        {
            var group = definition.Groups[i];
            var empty = people[i].Count == 0;
            StandIn(people[i], eligible, found, added);
            foreach (var reserve in (ReadOnlySpan<ImmutableArray<Candidate>>)[found.EscalationTargets, found.Fallback])
            {
                if (people[i].Count < Minimum(group))
                {
                    var before = people[i].Count;
                    eligible.AddTo(people[i], distinct ? reserve.RemoveAll(candidate => people.Any(each => HasPart(each, candidate.Person))) : reserve);
                    added.AddRange(people[i].Skip(before).Where(person => !added.Contains(person)));
                }
            }
            if (people[i].Count < Minimum(group))
            {
                return new([], []);
            }
            groups.Add(new GroupState
            {
                Name = group.Name,
                // Those who stand in for an empty group take it over, and one of them is enough.
                Strategy = empty && group.Strategy == Strategy.All ? Strategy.Any : group.Strategy,
                Quorum = group.Quorum,
                Approvers = Places(people[i]),
            });
        }
        return new(AskedOnce(groups, distinct), added.ToImmutable());
    }

    private static List<Candidate>[] Eligible(Eligibility eligible, LevelDefinition definition, LevelResolution found)
    {
        var people = new List<Candidate>[definition.Groups.Length];
        for (var i = 0; i < people.Length; i++)
        {
            eligible.AddTo(people[i] = [], i < found.Groups.OrEmpty().Length ? found.Groups[i] : [], definition.Groups[i]);
        }
        return people;
    }

    /// <summary>Puts somebody who is there into the places of those away whose own stand-in is asked already; where nobody is found, others remain.</summary>
    private static void StandIn(List<Candidate> people, Eligibility eligible, LevelResolution found, ImmutableArray<Candidate>.Builder added)
    {
        for (var i = people.Count - 1; i >= 0; i--)
        {
            if (!people[i].NeedsStandIn)
            {
                continue;
            }
            Candidate? instead = null;
            foreach (var reserve in found.EscalationTargets.Concat(found.Fallback))
            {
                instead = eligible.Admit(reserve) is { } person && !HasPart(people, person.Person) && !HasPart(people, person.RoutedTo) ? person : null;
                if (instead is not null)
                {
                    break;
                }
            }
            if (instead is not null)
            {
                people[i] = instead;
                added.Add(instead);
            }
            else if (people.Count > 1)
            {
                people.RemoveAt(i);
            }
        }
    }

    private static bool HasPart(List<Candidate> people, string? human) =>
        human is not null && people.Exists(person => person.Person == human || person.RoutedTo == human);

    /// <summary>A human is asked once in a group, with distinct approvers once at the level: as themself, else for whom they come to first.</summary>
    private static ImmutableArray<GroupState> AskedOnce(ImmutableArray<GroupState>.Builder groups, bool distinct)
    {
        if (groups.All(group => group.Approvers.All(place => place.RoutedTo is null)))
        {
            return groups.DrainToImmutable();
        }
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Count; i++)
        {
            if (i == 0 || !distinct)
            {
                asked.Clear();
                asked.UnionWith(groups.Where((_, other) => distinct || other == i).SelectMany(group => group.Approvers).Select(place => place.Person));
            }
            groups[i] = groups[i] with
            {
                Approvers = [.. groups[i].Approvers.Select(place => place.RoutedTo is { } routed && !asked.Add(routed) ? place with { RoutedTo = null } : place)],
            };
        }
        return groups.DrainToImmutable();
    }

    public static ImmutableArray<ApproverState> Places(IEnumerable<Candidate> people) =>
        [.. people.Select(person => new ApproverState { Person = person.Person, RoutedTo = person.RoutedTo })];

    /// <summary>Fewer people than this can't pass the group.</summary>
    public static int Minimum(GroupDefinition group) =>
        group is { Strategy: Strategy.Quorum, Quorum: { IsPercent: false } quorum } ? Math.Max(1, quorum.Amount) : 1;
}
