using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Answers the person's place in every open group in which the one who answers has not answered yet.</summary>
    private static ImmutableArray<LevelState> Answer(
        RequestState state, int level, string person, ApproverStatus status, string? comment, Assurance? assurance, ChainEvent happened)
    {
        var open = state.Levels[level - 1];
        var groups = open.Groups.ToBuilder();
        for (var i = 0; i < groups.Count; i++)
        {
            var group = groups[i];
            var place = Authority.PlaceOf(group, happened.By.Id, person);
            if (place >= 0)
            {
                var answered = group.Approvers[place] with
                {
                    Status = status,
                    DecidedBy = happened.By.Id,
                    DecidedAt = happened.At,
                    Comment = comment,
                    Assurance = assurance,
                };
                groups[i] = group with { Approvers = group.Approvers.SetItem(place, answered) };
            }
        }
        return Put(state, level, open with { Groups = groups.MoveToImmutable() });
    }

    private static LevelState Reassigned(LevelState level, ChainEvent.Reassigned reassigned)
    {
        GroupState In(GroupState group)
        {
            var place = Tally.Passed(group) ? -1 : Authority.WaitingPlace(group, reassigned.From);
            if (place < 0)
            {
                return group;
            }
            var left = group.Approvers[place] with { Status = ApproverStatus.Reassigned, DecidedAt = reassigned.At, Comment = reassigned.Reason };
            return group with { Approvers = group.Approvers.SetItem(place, left).InsertRange(place + 1, Staffing.Places([reassigned.To])) };
        }

        return level with { Groups = [.. level.Groups.Select(In)] };
    }

    private static LevelState Added(LevelState level, ChainEvent.ApproverAdded added)
    {
        var group = level.Groups[added.Group];
        return level with
        {
            Groups = level.Groups.SetItem(added.Group, group with { Approvers = group.Approvers.AddRange(Staffing.Places([added.To])) }),
        };
    }

    /// <summary>The former approvers, with those who hold a place at levels that are about to be emptied.</summary>
    private static ImmutableArray<string> Former(RequestState state, ReadOnlySpan<LevelState> emptied)
    {
        var former = state.FormerApprovers;
        foreach (var level in emptied)
        {
            foreach (var group in level.Groups)
            {
                foreach (var place in group.Approvers)
                {
                    former = With(With(With(former, place.Person), place.RoutedTo), place.DecidedBy);
                }
            }
        }
        return former;
    }

    private static ImmutableArray<string> With(ImmutableArray<string> people, string? person) =>
        person is null || people.Contains(person, StringComparer.Ordinal) ? people : people.Add(person);
}
