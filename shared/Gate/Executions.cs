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
    /// <param name="executionId">The same for a repeat of the command.</param>
    public async ValueTask<CommandResult?> ClaimAsync(
        Caller caller, Origin origin, string requestId, string token, Value payload, string commandId, string executionId, CancellationToken cancellation)
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
        var claim = new Command.ClaimGrant(PayloadHash.Of(payload), executionId) { By = caller.Actor };
        var result = await commands.SendAsync(caller, origin, request, commandId, new CommandDraft(claim), cancellation);
        // A repeat of the command gets the first answer, but what is about to be executed must be what was claimed.
        return result.Receipt is { Refusal: null } first && claim.PayloadHash != request.State.PayloadHash
            ? result with { Receipt = first with { Refusal = new(RefusalCode.PayloadChanged, Texts.RefusedPayloadChanged) } }
            : result;
    }

    /// <summary>The request whose grant the caller claimed; null where they did not, or may not see it.</summary>
    public async ValueTask<StoredRequest?> FindClaimedAsync(Caller caller, string requestId, CancellationToken cancellation) =>
        await FindAsync(caller, requestId, cancellation) is { State: { Grant.Execution: not null } state } request && state.Requester == ActorRef.Of(caller.Actor)
            ? request
            : null;

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
