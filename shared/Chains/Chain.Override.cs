using Approvals.Actors;
using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>The only way out of <see cref="RequestStatus.Rejected"/>.</summary>
    private static Decided Override(RequestState state, Command.Override over, DateTimeOffset now)
    {
        if (HumanOnly(over) is { } refused)
        {
            return refused;
        }
        if (state.Status == RequestStatus.Withdrawn)
        {
            return Withdrawn();
        }
        if (!over.By.Has(Roles.Override))
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedOverrideRight);
        }
        if (state.IsParty(over.By.Id))
        {
            return Decided.Refuse(RefusalCode.SelfApproval, Texts.RefusedOverrideOwn);
        }
        if (state.Status != RequestStatus.Rejected || CurrentLevel(state) is not { } level)
        {
            return Unfit(state, Texts.RefusedOnlyRejected);
        }
        if (Text(over.Reason) is not { } reason)
        {
            return ReasonRequired();
        }

        var due = RespondBy(level.Definition, now);
        return Decided.Of(new ChainEvent.Overridden(
            state.CurrentLevel, reason, state.Overrides + 1, due, Reminders(level.Definition, now, due))
        { At = now, By = ActorRef.Of(over.By) });
    }
}
