using System.Collections.Immutable;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Answers the person's place in every open group in which the one who answers has not answered yet.</summary>
    private static RequestState Answer(RequestState state, int level, string person, ApproverStatus status, string? comment, ChainEvent happened)
    {
        GroupState In(GroupState group)
        {
            var place = Authority.PlaceOf(group, happened.By.Id, person);
            return place < 0 ? group : group with
            {
                Approvers = group.Approvers.SetItem(place, group.Approvers[place] with
                {
                    Status = status,
                    DecidedBy = happened.By.Id,
                    DecidedAt = happened.At,
                    Comment = comment,
                }),
            };
        }

        return At(state, level, open => open with { Groups = [.. open.Groups.Select(In)] });
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
    private static ImmutableArray<string> Former(RequestState state, ImmutableArray<LevelState> emptied)
    {
        var held = emptied.SelectMany(level => level.Groups).SelectMany(group => group.Approvers)
            .SelectMany(place => new[] { place.Person, place.RoutedTo, place.DecidedBy }).OfType<string>().ToArray();
        return held.Length == 0 ? state.FormerApprovers : [.. state.FormerApprovers.Union(held, StringComparer.Ordinal)];
    }
}
