using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Types;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Requests;

/// <summary>Sends people's commands: only to requests that they may see, with the authority that they have at this moment.</summary>
public sealed class RequestCommands(IRequestEngine engine, IRequestStore store, ApprovalTypes types, TimeProvider time)
{
    private static Refusal NotSeen => new(RefusalCode.NotFound, Texts.RefusedNoRequest);

    /// <summary>Null: there is none, or the caller may not see it.</summary>
    public async ValueTask<StoredRequest?> FindAsync(Caller caller, string requestId, CancellationToken cancellation) =>
        requestId.Length > 0 && await store.FindAsync(caller.TenantId, requestId, cancellation) is { } request
            && Visibility.MaySee(caller, request, time.GetUtcNow())
            ? request
            : null;

    /// <summary>The same for a command: what an agent tries to decide is in the trail although it may not see it.</summary>
    public async ValueTask<StoredRequest?> FindAsync(Caller caller, Origin origin, string requestId, Command command, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, requestId, cancellation);
        if (found is null && requestId.Length > 0 && caller.Actor.Type == ActorType.Agent
            && command is Command.Decision or Command.Override or Command.Reassign or Command.AddApprover)
        {
            var envelope = new CommandEnvelope
            {
                Tenant = caller.TenantId,
                RequestId = requestId,
                CommandId = "",
                Command = command with { By = caller.Actor },
                Origin = origin,
            };
            await engine.RecordAsync([AuditProjection.Refused(null, envelope, NotSeen, time.GetUtcNow())], cancellation);
        }
        return found;
    }

    /// <summary>Null: there is no such request, or the caller may not see it.</summary>
    /// <param name="commandId">Unique for the caller within the request; a repeat gets the first receipt.</param>
    public async ValueTask<CommandResult?> SendAsync(
        Caller caller, Origin origin, string requestId, string commandId, CommandDraft draft, CancellationToken cancellation) =>
        await FindAsync(caller, origin, requestId, draft.Command, cancellation) is { } request
            ? await SendAsync(caller, origin, request, commandId, draft, cancellation)
            : null;

    /// <param name="request">One that the caller may see.</param>
    public async ValueTask<CommandResult> SendAsync(
        Caller caller, Origin origin, StoredRequest request, string commandId, CommandDraft draft, CancellationToken cancellation)
    {
        var refusal = InputRules.Refuse(commandId, draft);
        if (refusal is null && draft.Command is Command.Submit or Command.Resubmit)
        {
            draft = FreshDraft.Of(types, caller, request, draft, time.GetUtcNow(), out refusal);
        }
        if (refusal is not null)
        {
            return new CommandResult(new Receipt(commandId, request.State.Version, time.GetUtcNow(), refusal), request);
        }
        var actsFor = Authority.ActsFor(caller.Tenant, caller.Id, request.State.ActionType, time.GetUtcNow());
        var envelope = new CommandEnvelope
        {
            Tenant = request.State.Tenant,
            RequestId = request.State.Id,
            CommandId = OwnId(caller, commandId),
            Command = Routed(caller, request, draft.Command) with { By = caller.Actor, ActsFor = actsFor },
            Origin = origin,
            Snapshot = draft.Snapshot,
            Involved = Later(caller, request, draft),
        };
        return await FirstAsync(await engine.SendAsync(envelope, cancellation), cancellation);
    }

    /// <summary>Where the request went on since the command was carried out, the request as it stood then: every repeat gets the first answer.</summary>
    private async ValueTask<CommandResult> FirstAsync(CommandResult result, CancellationToken cancellation)
    {
        if (result is not { Receipt: { Standing: { } standing } receipt, Request: { State: var state } request } || state.Version == receipt.Version)
        {
            return result;
        }
        var snapshot = standing.Snapshot == state.Snapshot
            ? request.Snapshot
            : await store.FindSnapshotAsync(state.Tenant, state.Id, standing.Snapshot, cancellation);
        return snapshot is null ? result : result with { Request = FirstAnswer.Of(request, receipt, standing, snapshot) };
    }

    /// <summary>
    /// What became of a command of the caller's own, whether or not they may still see the request; administrators find everybody's. Null: there is none
    /// that they may know of.
    /// </summary>
    /// <param name="commandId">As it was sent; of somebody else's command with their id and a colon before it.</param>
    public async ValueTask<CommandStatus?> FindCommandAsync(Caller caller, string requestId, string commandId, CancellationToken cancellation) =>
        requestId.Length == 0 || commandId.Length == 0 ? null
        : await store.FindCommandAsync(caller.TenantId, requestId, OwnId(caller, commandId), cancellation)
            ?? (caller.IsAdmin ? await store.FindCommandAsync(caller.TenantId, requestId, commandId, cancellation) : null);

    /// <summary>Callers choose ids without knowing of each other: one person's must never answer another's command. A person's id has no colon.</summary>
    private static string OwnId(Caller caller, string commandId) => $"{caller.Key}:{commandId}";

    /// <summary>A newcomer's delegate or substitute is asked for them, as at any level.</summary>
    private Command Routed(Caller caller, StoredRequest request, Command command)
    {
        Candidate? Route(Candidate? to) => to is not null && caller.Tenant.Directory.Find(to.Person) is { } person
            ? to with { RoutedTo = new Routing(caller.Tenant, request.State.ActionType, request.State.Requester, time.GetUtcNow()).From(person) }
            : to;
        return command switch
        {
            Command.Reassign reassign => reassign with { To = Route(reassign.To) },
            Command.AddApprover add => add with { To = Route(add.To) },
            _ => command,
        };
    }

    /// <summary>Whom a command that starts or restarts the chain will ask later on.</summary>
    private static ImmutableArray<string> Later(Caller caller, StoredRequest request, CommandDraft draft) =>
        (draft.Command switch { Command.Submit submit => submit.Plan, Command.Resubmit resubmit => resubmit.Plan, _ => null }) is { } plan
            ? Involved.Levels(caller.Tenant, draft.Snapshot ?? request.Snapshot, plan.Levels)
            : [];
}

/// <summary>A command whose <see cref="Chains.Command.By"/> and <see cref="Chains.Command.ActsFor"/> are still to be set.</summary>
/// <param name="Snapshot">What <see cref="Chains.Command.Resubmit"/> brings.</param>
public sealed record CommandDraft(Command Command, Snapshot? Snapshot = null);
