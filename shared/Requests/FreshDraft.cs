using Approvals.Chains;
using Approvals.Gate;
using Approvals.Tenants;
using Approvals.Types;

namespace Approvals.Requests;

/// <summary>
/// A submission or a resubmission as it goes on its way: with what the type's schema, the policies, their templates and their sensitive paths say of the payload
/// as it is now. What a draft, or the chain before, was made by counts no longer.
/// </summary>
internal static class FreshDraft
{
    /// <param name="refusal">Why the payload does not fit the request's type; null where it does.</param>
    public static CommandDraft Of(
        ApprovalTypes types, Caller caller, StoredRequest request, CommandDraft draft, DateTimeOffset now, out Refusal? refusal)
    {
        var state = request.State;
        var type = types.Of(state.RequestType);
        var before = draft.Snapshot ?? request.Snapshot;
        refusal = type.RefusePayload(before.Payload);
        if (refusal is not null)
        {
            return draft;
        }
        var check = new GateCheck { ActionType = state.ActionType, Actor = caller.Actor, Subject = state.Subject, Payload = before.Payload };
        var evaluation = GateRules.Evaluate(caller.Tenant, check, now);
        var plan = ChainPlan.Of(caller.Tenant, type, state, evaluation);
        var snapshot = before with
        {
            Title = before.TitleIsMade ? RequestTitle.Of(types, caller.Tenant, evaluation, state.RequestType, check) : before.Title,
            // What was masked stays so where no policy says what to mask.
            Sensitive = evaluation.Policy is null ? before.Sensitive : evaluation.Sensitive,
        };
        if (draft.Command is Command.Resubmit resubmit)
        {
            return new CommandDraft(resubmit with { Plan = plan }, draft.Snapshot is null ? null : snapshot);
        }
        // A snapshot never changes: a draft that reads otherwise now takes another.
        return snapshot.Title == before.Title && snapshot.Sensitive.SequenceEqual(before.Sensitive)
            ? new CommandDraft(new Command.Submit(plan) { By = caller.Actor })
            : new CommandDraft(new Command.Submit(plan, before.PayloadHash) { By = caller.Actor }, snapshot with { Number = before.Number + 1, TakenAt = now });
    }
}
