using System.Collections.Immutable;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>Whose places at the open level a caller may answer.</summary>
/// <remarks>
/// A human counts once in a group, as themself or for another. Being asked (<see cref="ApproverState.RoutedTo"/>) is no authority:
/// delegations count again at the moment of the decision, by <see cref="Command.ActsFor"/>.
/// </remarks>
internal static class Authority
{
    /// <summary>
    /// The caller's own places and those routed to them, else those of the first person that they act for and who has one.
    /// Own first: in a group where both are waiting, the own one is answered.
    /// </summary>
    public static ImmutableArray<string> Answers(RequestState state, Command command)
    {
        var caller = command.By.Id;
        if (Chain.CurrentLevel(state) is not { } level || new Eligibility(state, state.CurrentLevel).IsSpent(caller))
        {
            return [];
        }

        var actsFor = command.ActsFor.OrEmpty();
        var own = ImmutableArray.CreateBuilder<string>();
        if (CanAnswer(state, caller, caller))
        {
            own.Add(caller);
        }
        foreach (var group in level.Groups)
        {
            foreach (var place in group.Approvers)
            {
                if (place.RoutedTo == caller && actsFor.Contains(place.Person, StringComparer.Ordinal) && !own.Contains(place.Person)
                    && CanAnswer(state, caller, place.Person))
                {
                    own.Add(place.Person);
                }
            }
        }
        return own.Count > 0 ? own.DrainToImmutable() : [.. actsFor.Where(person => CanAnswer(state, caller, person)).Take(1)];
    }

    /// <summary>
    /// Whether the person asked for it, themselves or through an agent, and so decides nothing here. The one for whom an agent acts decides where the
    /// level asks them by name (<see cref="Levels.GroupDefinition.Principal"/>): then, and only then, they hold a place of their own.
    /// </summary>
    public static bool IsSelf(RequestState state, string person) =>
        person == state.Requester.Id || state.Barred.Contains(person, StringComparer.Ordinal) || (person == state.Requester.ActingFor && !HoldsPlace(state, person));

    private static bool HoldsPlace(RequestState state, string person) =>
        Chain.CurrentLevel(state) is { } level && level.Groups.Any(group => group.Approvers.Any(place => place.Person == person));

    /// <summary>Whether a place of <paramref name="person"/> is free for the caller in any group.</summary>
    public static bool CanAnswer(RequestState state, string caller, string person) =>
        person != state.Requester.Id
        && !state.Barred.Contains(caller, StringComparer.Ordinal)
        && (caller == person || caller != state.Requester.ActingFor)
        && !new Eligibility(state, state.CurrentLevel).IsSpent(person)
        && Chain.CurrentLevel(state) is { } level
        && !(state.DistinctApprovers && level.Groups.Length > 1 && (HasSpoken(level, caller) || HasSpoken(level, person)))
        && HasPlace(level, caller, person);

    /// <summary>Whether somebody answered in any group of the level, or was answered for.</summary>
    public static bool HasSpoken(LevelState level, string human)
    {
        foreach (var group in level.Groups)
        {
            foreach (var place in group.Approvers)
            {
                if (place.Status is ApproverStatus.Approved or ApproverStatus.Rejected && (place.Person == human || place.DecidedBy == human))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool HasPlace(LevelState level, string caller, string person)
    {
        foreach (var group in level.Groups)
        {
            if (PlaceOf(group, caller, person) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Those who answered somewhere at this request, are barred from it, or for whom an agent asked, and so may not answer for a person who is still waited for, whatever
    /// they were lent.
    /// </summary>
    public static ImmutableArray<string> Barred(RequestState state, string person)
    {
        string[] answered =
        [
            .. state.Levels.SelectMany(each => each.Groups).SelectMany(group => group.Approvers)
                .Where(place => place.Status is ApproverStatus.Approved or ApproverStatus.Rejected)
                .SelectMany(place => new[] { place.Person, place.DecidedBy ?? place.Person }).Distinct(StringComparer.Ordinal),
        ];
        if (state.Requester.ActingFor is { } principal && principal != person)
        {
            answered = [.. answered.Append(principal).Distinct(StringComparer.Ordinal)];
        }
        if (!state.Barred.IsEmpty)
        {
            answered = [.. answered.Union(state.Barred.Where(human => human != person), StringComparer.Ordinal)];
        }
        if (answered.Length == 0)
        {
            return [];
        }
        var level = new Eligibility(state, state.CurrentLevel);
        return [.. answered.Where(human => level.IsSpent(human) || !CanAnswer(state, human, person)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Index of the place that the caller would answer in a group for <paramref name="person"/>, or -1.</summary>
    public static int PlaceOf(GroupState group, string caller, string person) =>
        Tally.Passed(group) || HasAnswered(group, caller) ? -1 : WaitingPlace(group, person);

    public static int WaitingPlace(GroupState group, string person)
    {
        for (var i = 0; i < group.Approvers.Length; i++)
        {
            if (group.Approvers[i].Person == person && group.Approvers[i].Status == ApproverStatus.Waiting)
            {
                return i;
            }
        }
        return -1;
    }

    public static bool HasAnswered(GroupState group, string human)
    {
        foreach (var place in group.Approvers)
        {
            if (place.DecidedBy == human && place.Status is ApproverStatus.Approved or ApproverStatus.Rejected)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether the caller had a say that is gone: they or somebody for them answered at this level, it no longer needs them, or their
    /// place at an earlier level was left open when that passed.
    /// </summary>
    public static bool CameLate(RequestState state, Command command)
    {
        if (new Eligibility(state, state.CurrentLevel).IsSpent(command.By.Id))
        {
            return false;
        }
        var level = Chain.CurrentLevel(state);
        return level is not null && level.Groups.Any(group => group.Approvers.Any(place => IsMine(place, command)))
            || state.Levels.Where(other => other.Status == LevelStatus.Approved)
                .Any(other => other.Groups.Any(group => group.Approvers.Any(place => IsMine(place, command) && place.Status == ApproverStatus.Waiting)));
    }

    /// <summary>A place that the caller holds, answered, or may answer for somebody now.</summary>
    public static bool IsMine(ApproverState place, Command command) => place.Status != ApproverStatus.Reassigned
        && (place.Person == command.By.Id || place.DecidedBy == command.By.Id
            || command.ActsFor.OrEmpty().Contains(place.Person, StringComparer.Ordinal));
}
