using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    internal const string NoLongerThere = "may act no more";
    internal const string ChangedMeanwhile = "was changed since it was asked for";

    /// <summary>
    /// Whoever may act no more is left out where others remain; where too few do, escalation targets are asked, else the fallback approvers. Where nobody is
    /// found either, the place stays for an administrator to hand over, and time to end. Does nothing where the directory has them back.
    /// </summary>
    private static Decided GiveUp(RequestState state, Command.GiveUp giveUp, DateTimeOffset now)
    {
        if (SystemOnly(giveUp) is { } refused)
        {
            return refused;
        }
        if (!IsOpen(state) || CurrentLevel(state) is not { } level
            || giveUp.Resolution?.Groups.Any(group => group.Any(candidate => candidate.Person == giveUp.Person)) == true
            || !level.Groups.Any(group => Authority.WaitingPlace(group, giveUp.Person) >= 0))
        {
            return Decided.Of();
        }

        var groups = level.Groups.ToBuilder();
        var added = new List<Candidate>();
        for (var i = 0; i < groups.Count; i++)
        {
            if (!Tally.Passed(groups[i]) && Authority.WaitingPlace(groups[i], giveUp.Person) is >= 0 and var place)
            {
                var before = added.Count;
                var filled = Filled(state, Without(groups[i], place, now), giveUp, added);
                if (filled is not null && Tally.CanPass(filled))
                {
                    groups[i] = filled;
                }
                else
                {
                    added.RemoveRange(before, added.Count - before);
                }
            }
        }
        if (groups.SequenceEqual(level.Groups))
        {
            return Decided.Of();
        }
        var course = new Course(state, now).Add(new ChainEvent.GivenUp(state.CurrentLevel, giveUp.Person, groups.MoveToImmutable(), [.. added])
        {
            At = now,
            By = ActorRef.System,
        });
        return (Tally.Passed(course.Level) ? course.PassLevel() : course).Decided();
    }

    private static GroupState Without(GroupState group, int place, DateTimeOffset now) => group with
    {
        Approvers = group.Approvers.SetItem(
            place, group.Approvers[place] with { Status = ApproverStatus.Reassigned, DecidedAt = now, Comment = NoLongerThere }),
    };

    /// <returns>Null: whoever removed them is not enough without them, and nobody else is found.</returns>
    private static GroupState? Filled(RequestState state, GroupState group, Command.GiveUp giveUp, List<Candidate> added)
    {
        // Nobody is left: those who stand in take the group over, and one of them is enough.
        var isEmpty = group.Approvers.All(place => place.Status == ApproverStatus.Reassigned);
        var removers = giveUp.Resolution?.Removers ?? [];
        var needsAnother = !isEmpty && group.Strategy is (Levels.Strategy.All or Levels.Strategy.Quorum) && removers.Any(by => HasPart(group, by));
        if (!isEmpty && !needsAnother && Tally.CanPass(group))
        {
            return group;
        }
        group = isEmpty && group.Strategy == Levels.Strategy.All ? group with { Strategy = Levels.Strategy.Any } : group;
        var eligible = new Eligibility(state, state.CurrentLevel);
        bool IsAsked(string? human) => HasPart(group, human)
            || (state.DistinctApprovers && (added.Exists(person => person.Person == human) || CurrentLevel(state)!.Groups.Any(other => HasPart(other, human))));
        foreach (var reserve in (ReadOnlySpan<ImmutableArray<Candidate>>)[giveUp.Resolution?.EscalationTargets ?? [], giveUp.Resolution?.Fallback ?? []])
        {
            if (!isEmpty && !needsAnother && Tally.CanPass(group))
            {
                break;
            }
            foreach (var candidate in reserve)
            {
                if (eligible.Admit(candidate) is { } person && person.Person != giveUp.Person && !IsAsked(person.Person)
                    && !removers.Contains(person.Person) && !(person.RoutedTo is { } routed && removers.Contains(routed)))
                {
                    person = person with { RoutedTo = person.RoutedTo == giveUp.Person || IsAsked(person.RoutedTo) ? null : person.RoutedTo };
                    group = group with { Approvers = group.Approvers.AddRange(Staffing.Places([person])) };
                    added.Add(person);
                    isEmpty = false;
                    if (needsAnother)
                    {
                        needsAnother = false;
                        break;
                    }
                }
            }
        }
        return needsAnother ? null : group;
    }
}
