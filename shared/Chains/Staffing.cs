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
        var groups = ImmutableArray.CreateBuilder<GroupState>();
        var added = ImmutableArray.CreateBuilder<Candidate>();
        for (var i = 0; i < definition.Groups.Length; i++)
        {
            var group = definition.Groups[i];
            var people = new List<Candidate>();
            eligible.AddTo(people, i < found.Groups.OrEmpty().Length ? found.Groups[i] : [], group);
            var empty = people.Count == 0;
            foreach (var reserve in (ReadOnlySpan<ImmutableArray<Candidate>>)[found.EscalationTargets, found.Fallback])
            {
                if (people.Count < Minimum(group))
                {
                    var before = people.Count;
                    eligible.AddTo(people, reserve);
                    added.AddRange(people.Skip(before).Where(person => !added.Contains(person)));
                }
            }
            if (people.Count < Minimum(group))
            {
                return new([], []);
            }
            groups.Add(new GroupState
            {
                Name = group.Name,
                // Those who stand in for an empty group take it over, and one of them is enough.
                Strategy = empty && group.Strategy == Strategy.All ? Strategy.Any : group.Strategy,
                Quorum = group.Quorum,
                Approvers = Places(people),
            });
        }
        return new(groups.ToImmutable(), added.ToImmutable());
    }

    public static ImmutableArray<ApproverState> Places(IEnumerable<Candidate> people) =>
        [.. people.Select(person => new ApproverState { Person = person.Person, RoutedTo = person.RoutedTo })];

    /// <summary>Fewer people than this can't pass the group.</summary>
    public static int Minimum(GroupDefinition group) =>
        group is { Strategy: Strategy.Quorum, Quorum: { IsPercent: false } quorum } ? Math.Max(1, quorum.Amount) : 1;
}
