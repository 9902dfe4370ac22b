using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided Reassign(RequestState state, Command.Reassign reassign, DateTimeOffset now)
    {
        if (MayRoute(state, reassign, reassign.Level, reassign.To) is { } refused)
        {
            return refused;
        }

        var level = CurrentLevel(state)!;
        var from = reassign.From is { } named ? Holder(level, named) : Authority.Answers(state, reassign).FirstOrDefault();
        if (from is null)
        {
            return NothingToHandOver(state, reassign);
        }
        if (!reassign.By.Has(Roles.Admin) && reassign.By.Id != from && !reassign.ActsFor.OrEmpty().Contains(from, StringComparer.Ordinal))
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedHandOver);
        }

        if (from != reassign.By.Id && IsForThemselves(reassign, reassign.To, actsForHolder: from))
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedRouteToSelf);
        }

        var handed = level.Groups.Where(group => !Tally.Passed(group) && Authority.WaitingPlace(group, from) >= 0);
        if (Newcomer(state, reassign.To, handed, out var refusal) is not { } to)
        {
            return refusal;
        }
        var raised = Raised(state, level, handed, to, reassign.Resolution);
        var course = new Course(state, now).Add(new ChainEvent.Reassigned(state.CurrentLevel, from, to, Text(reassign.Reason))
        {
            At = now,
            By = ActorRef.Of(reassign.By),
            RaisedIn = raised,
        });
        // Whoever takes a place that is a role's or a group's does not stand for it: somebody who does must still be needed, and there.
        return raised.All(group => Tally.CanPass(course.Level.Groups[group]))
            ? course.Decided()
            : Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedOutsider);
    }

    /// <summary>Handed over within what the level names, or where it names people and no role or group, a place is worth what it was.</summary>
    private static ImmutableArray<int> Raised(RequestState state, LevelState level, IEnumerable<GroupState> handed, Candidate to, LevelResolution? found) =>
    [
        .. handed.Select(group => level.Groups.IndexOf(group)).Where(group => Naming.IsOfMany(state, group) && !Naming.Has(level, group, to.Person, found)),
    ];

    private static Decided NothingToHandOver(RequestState state, Command.Reassign reassign)
    {
        bool IsMeant(ApproverState place) => place.Status != ApproverStatus.Reassigned && (place.Person == reassign.From || place.Shown == reassign.From);
        if (reassign.From is null ? Authority.CameLate(state, reassign) : CurrentLevel(state)!.Groups.Any(group => group.Approvers.Any(IsMeant)))
        {
            return Decided.Refuse(RefusalCode.AlreadyDecided, Texts.RefusedPlaceAnswered);
        }
        return reassign.From is null || !reassign.By.Has(Roles.Admin)
            ? Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedNoPlace)
            : Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedNobodyOfName);
    }

    /// <summary>The person whose waiting place is meant: by their own name or by whom it is routed to.</summary>
    private static string? Holder(LevelState level, string named)
    {
        var waiting = level.Groups.Where(group => !Tally.Passed(group)).SelectMany(group => group.Approvers)
            .Where(place => place.Status == ApproverStatus.Waiting).ToImmutableArray();
        return (waiting.FirstOrDefault(place => place.Person == named) ?? waiting.FirstOrDefault(place => place.RoutedTo == named))?.Person;
    }
}
