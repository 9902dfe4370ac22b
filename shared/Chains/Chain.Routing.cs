using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided AddApprover(RequestState state, Command.AddApprover add, DateTimeOffset now)
    {
        if (MayRoute(state, add, add.Level, add.To) is { } refused)
        {
            return refused;
        }

        var groups = CurrentLevel(state)!.Groups;
        bool IsMine(GroupState group) => group.Approvers.Any(place => Authority.IsMine(place, add));
        var mine = Index(groups, group => !Tally.Passed(group) && IsMine(group)) ?? Index(groups, IsMine);
        if (mine is null && !add.By.Has(Roles.Admin))
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedAddApprover);
        }

        if (!groups.Any(group => group.Approvers.Any(place => place.Person == add.By.Id)) && IsForThemselves(add, add.To, actsForHolder: null))
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedRouteToSelf);
        }

        // A group that has passed needs nobody more; an open level has one that has not.
        var waiting = mine is { } own && !Tally.Passed(groups[own]) ? own : Index(groups, group => !Tally.Passed(group));
        if (waiting is not { } target)
        {
            return Decided.Refuse(RefusalCode.AlreadyDecided, Texts.RefusedLevelDecided);
        }
        if (Newcomer(state, add.To, [groups[target]], out var refusal) is not { } to)
        {
            return refusal;
        }
        var isRaised = !Naming.Has(CurrentLevel(state)!, target, to.Person, add.Resolution);
        return Decided.Of(new ChainEvent.ApproverAdded(state.CurrentLevel, target, to, Text(add.Reason), isRaised) { At = now, By = ActorRef.Of(add.By) });
    }

    /// <summary>
    /// Whether whoever has no place of their own would get one, or one of somebody for whom they act. A delegate hands over on the delegator's
    /// authority, to whom they please, but not to themselves.
    /// </summary>
    private static bool IsForThemselves(Command by, Candidate? to, string? actsForHolder) => to is not null
        && (to.Person == by.By.Id
            || (!(actsForHolder is { } holder && by.ActsFor.Contains(holder, StringComparer.Ordinal)) && by.ActsFor.Contains(to.Person, StringComparer.Ordinal)));

    /// <summary>What both ways of changing who is asked have in common. The requester chooses none of their approvers.</summary>
    private static Decided? MayRoute(RequestState state, Command command, int? level, Candidate? to)
    {
        if (HumanOnly(command) is { } refused)
        {
            return refused;
        }
        if (!IsOpen(state))
        {
            return Unfit(state, Texts.RefusedOnlyUnderReview);
        }
        if (level is { } named && named != state.CurrentLevel)
        {
            return Decided.Refuse(RefusalCode.InvalidLevel, Texts.RefusedOpenLevelOnly);
        }
        return state.IsParty(command.By.Id) || (to is not null && state.Requester.StandsFor(to.Person))
            ? Decided.Refuse(RefusalCode.SelfApproval, Texts.RefusedRequesterChooses)
            : null;
    }

    private static Candidate? Newcomer(RequestState state, Candidate? to, IEnumerable<GroupState> groups, out Decided refusal)
    {
        refusal = Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedCannotBeAsked);
        var others = state.DistinctApprovers ? CurrentLevel(state)!.Groups : groups;
        return new Eligibility(state, state.CurrentLevel).Admit(to) is { } person && !others.Any(group => HasPart(group, person.Person))
            ? person with { RoutedTo = others.Any(group => HasPart(group, person.RoutedTo)) ? null : person.RoutedTo }
            : null;
    }

    private static bool HasPart(GroupState group, string? human) =>
        human is not null && (Authority.WaitingPlace(group, human) >= 0 || Authority.HasAnswered(group, human));

    private static int? Index(ImmutableArray<GroupState> groups, Func<GroupState, bool> wanted)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (wanted(groups[i]))
            {
                return i;
            }
        }
        return null;
    }
}
