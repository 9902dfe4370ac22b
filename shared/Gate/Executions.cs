using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>What the gate started, and its grants: claims them, and takes the reports on what became of them.</summary>
public sealed class Executions(RequestCommands commands, IRequestEngine engine, GrantTokens tokens, TimeProvider time)
{
    private static Refusal WrongToken => new(RefusalCode.NotAuthorized, Texts.RefusedToken);

    /// <summary>Null: there is none, the caller may not see it, or it was not started by a gate call.</summary>
    public async ValueTask<StoredRequest?> FindAsync(Caller caller, string requestId, CancellationToken cancellation) =>
        await commands.FindAsync(caller, requestId, cancellation) is { State.Origin: RequestOrigin.Gate } request ? request : null;

    /// <summary>Null: no such request. A refusal of the token itself is audited like the decider's own refusals.</summary>
    /// <param name="commandId">Also the execution's id.</param>
    public async ValueTask<CommandResult?> ClaimAsync(
        Caller caller, Origin origin, string requestId, string token, Value payload, string commandId, CancellationToken cancellation)
    {
        if (await commands.FindAsync(caller, requestId, cancellation) is not { } request)
        {
            return null;
        }
        // Without a grant there is nothing to compare with; the decider says why there is none.
        if (request.State is { Origin: RequestOrigin.Gate, Grant: { } grant } && !tokens.IsValid(request.State, grant, token))
        {
            var receipt = new Receipt(commandId, request.State.Version, time.GetUtcNow(), WrongToken);
            await engine.RecordAsync([Refused(caller, origin, request, receipt)], cancellation);
            return new CommandResult(receipt, request);
        }
        var claim = new Command.ClaimGrant(PayloadHash.Of(payload), commandId) { By = caller.Actor };
        return await commands.SendAsync(caller, origin, request, commandId, new CommandDraft(claim), cancellation);
    }

    private static AuditDraft Refused(Caller caller, Origin origin, StoredRequest request, Receipt receipt) => new()
    {
        Tenant = caller.TenantId,
        At = receipt.At,
        Actor = caller.Actor,
        Action = AuditAction.ExecutionClaimed,
        Subject = request.State.Subject,
        RequestId = request.State.Id,
        ActionType = request.State.ActionType,
        Policy = request.State.Policy,
        Outcome = AuditOutcome.Refused,
        Code = receipt.Refusal!.Code,
        Origin = origin,
    };
}
