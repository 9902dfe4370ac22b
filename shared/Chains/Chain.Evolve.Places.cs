using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>
    /// Answers the person's place in every open group in which the one who answers has not answered yet; with distinct approvers, in the first. What
    /// was routed to the one who answers, and can't be answered by them any more, is for its holder again.
    /// </summary>
    private static ImmutableArray<LevelState> Answer(
        RequestState state, int level, string person, ApproverStatus status, string? comment, Assurance? assurance, ChainEvent happened)
    {
        var open = state.Levels[level - 1];
        var groups = open.Groups.ToBuilder();
        var isAnswered = false;
        for (var i = 0; i < groups.Count; i++)
        {
            var group = groups[i];
            var place = isAnswered && state.DistinctApprovers ? -1 : Authority.PlaceOf(group, happened.By.Id, person);
            if (place >= 0)
            {
                isAnswered = true;
                var answered = group.Approvers[place] with
                {
                    Status = status,
                    DecidedBy = happened.By.Id,
                    DecidedAt = happened.At,
                    Comment = comment,
                    Assurance = assurance,
                };
                groups[i] = group with { Approvers = Unrouted(group.Approvers.SetItem(place, answered), happened.By.Id) };
            }
        }
        return Put(state, level, open with { Groups = groups.MoveToImmutable() });
    }

    private static LevelState Reassigned(LevelState level, ChainEvent.Reassigned reassigned)
    {
        GroupState In(GroupState group, int index)
        {
            var place = Tally.Passed(group) ? -1 : Authority.WaitingPlace(group, reassigned.From);
            if (place < 0)
            {
                return group;
            }
            var left = group.Approvers[place] with { Status = ApproverStatus.Reassigned, DecidedAt = reassigned.At, Comment = reassigned.Reason };
            var after = group with
            {
                Approvers = Unrouted(group.Approvers, reassigned.To.Person).SetItem(place, left).InsertRange(place + 1, Staffing.Places([reassigned.To])),
            };
            return reassigned.RaisedIn.Contains(index) ? Tally.Raised(group, after) : after;
        }

        return level with { Groups = [.. level.Groups.Select(In)] };
    }

    private static LevelState Added(LevelState level, ChainEvent.ApproverAdded added)
    {
        var group = level.Groups[added.Group];
        var after = group with { Approvers = Unrouted(group.Approvers, added.To.Person).AddRange(Staffing.Places([added.To])) };
        return level with { Groups = level.Groups.SetItem(added.Group, added.Raised ? Tally.Raised(group, after) : after) };
    }

    /// <summary>A human is asked once in a group: what waits for them on behalf of others there is for its holders again.</summary>
    private static ImmutableArray<ApproverState> Unrouted(ImmutableArray<ApproverState> places, string human)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].RoutedTo == human && places[i].Status == ApproverStatus.Waiting)
            {
                places = places.SetItem(i, places[i] with { RoutedTo = null });
            }
        }
        return places;
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
