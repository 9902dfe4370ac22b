using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Types;

/// <summary>Sends people's decisions, with the input that a request's type asks of an approval.</summary>
public sealed class Decisions(RequestCommands commands, ApprovalTypes types, DecisionInputs inputs, TimeProvider time)
{
    /// <summary>Approve, reject or request changes. A null result without faults: there is no such request, or the caller may not see it.</summary>
    /// <param name="input">Only approvals of types that ask for one take it; null where there was none.</param>
    public async Task<Decision> SendAsync(
        Caller caller, Origin origin, string requestId, string commandId, Command.Decision decision, Value? input, CancellationToken cancellation)
    {
        if (await commands.FindAsync(caller, origin, requestId, decision, cancellation) is not { } request)
        {
            return new Decision(null, []);
        }

        VaultedInput? vaulted = null;
        if (decision is Command.Approve approve && types.Of(request.State.RequestType).DecisionInputSchema is { } schema && MayApprove(caller, request, approve))
        {
            var given = input ?? Value.Map();
            var faults = schema.Check(given).AddRange(InputRules.OfInput(given));
            if (!faults.IsEmpty)
            {
                return new Decision(null, faults);
            }

            vaulted = await inputs.VaultAsync(schema, given, request.State.Tenant, requestId, caller.Id, commandId, cancellation);
            decision = approve with { Input = vaulted.Json };
        }

        var result = await commands.SendAsync(caller, origin, request, commandId, new CommandDraft(decision), cancellation);
        if (vaulted is not null && result.Receipt?.Refusal is not null)
        {
            await inputs.DropAsync(request.State.Tenant, vaulted, cancellation);
        }

        return new Decision(result, []);
    }

    /// <summary>Nobody who may not approve gets anything into the vault, or an answer about its input. The command itself decides again.</summary>
    private bool MayApprove(Caller caller, StoredRequest request, Command.Approve approve)
    {
        var now = time.GetUtcNow();
        var actsFor = Authority.ActsFor(caller.Tenant, caller.Id, request.State.ActionType, now);
        return Chain.Decide(request.State, approve with { By = caller.Actor, ActsFor = actsFor }, now).Refusal is null;
    }
}

/// <param name="Result">Null where the input does not fit, or there is no such request for the caller.</param>
/// <param name="InputFaults">Pointers from the input.</param>
public sealed record Decision(CommandResult? Result, ImmutableArray<FieldFault> InputFaults);
