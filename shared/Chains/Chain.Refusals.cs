using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Nothing but an override leads out of these.</summary>
    public static bool IsTerminal(RequestStatus status) =>
        status is RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Withdrawn or RequestStatus.Expired;

    /// <summary>Whether people are being asked right now.</summary>
    public static bool IsOpen(RequestState state) =>
        state.Status is RequestStatus.InReview or RequestStatus.Escalated
        && CurrentLevel(state)?.Status is LevelStatus.Open or LevelStatus.Escalated;

    /// <summary>The level that the request is at; null before the first.</summary>
    internal static LevelState? CurrentLevel(RequestState state) =>
        state.CurrentLevel >= 1 && state.CurrentLevel <= state.Levels.OrEmpty().Length ? state.Levels[state.CurrentLevel - 1] : null;

    private static bool IsRequester(RequestState state, Actor actor) => state.Requester == ActorRef.Of(actor);

    /// <summary>The refusal of a command that comes after the end, or null before it.</summary>
    private static Decided? Over(RequestState state) => state.Status switch
    {
        RequestStatus.Withdrawn => Withdrawn(),
        RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Expired =>
            Decided.Refuse(RefusalCode.AlreadyDecided, Texts.RefusedDecided),
        _ => null,
    };

    private static Decided Withdrawn() => Decided.Refuse(RefusalCode.AlreadyWithdrawn, Texts.RefusedWithdrawn);

    /// <summary>For what fits only one status: after the end the refusal says so, before it the status that is needed.</summary>
    private static Decided Unfit(RequestState state, string needed) =>
        Over(state) ?? Decided.Refuse(RefusalCode.InvalidState, needed);

    /// <summary>The commands of timers and of the hosts themselves; nobody else may send them.</summary>
    private static Decided? SystemOnly(Command command) => command.By.Type == ActorType.System
        ? null
        : Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedServiceOnly);

    private static Decided? HumanOnly(Command command) => command.By.Type == ActorType.Human
        ? null
        : Decided.Refuse(RefusalCode.AgentForbidden, Texts.RefusedHumanOnly);

    /// <summary>At the gate, the other requests are not there.</summary>
    private static Decided? GateOnly(RequestState state) => state.Origin == RequestOrigin.Gate
        ? null
        : Decided.Refuse(RefusalCode.NotFound, Texts.RefusedNoGrant);

    private static Decided? RequesterOnly(RequestState state, Command command) => IsRequester(state, command.By)
        ? null
        : Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedRequesterOnly);

    /// <summary>Blank text is no text.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
