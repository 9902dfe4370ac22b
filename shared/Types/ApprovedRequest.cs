using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>What a side effect is told of a request that was finally approved.</summary>
/// <param name="Event">The final approval.</param>
/// <param name="Inputs">What approvals brought, secrets replaced by their names in the vault, in order.</param>
public sealed record ApprovedRequest(ApprovalType Type, OutboxEvent Event, StoredRequest Request, ImmutableArray<ApprovalInput> Inputs)
{
    /// <summary>The body of the call: who asked for what, and what the approvers added.</summary>
    public Value ToValue()
    {
        var state = Request.State;
        return Value.Map(
            ("requestId", Value.From(state.Id)),
            ("tenant", Value.From(state.Tenant)),
            ("requestType", Value.From(state.RequestType)),
            ("actionType", Value.From(state.ActionType)),
            ("title", Value.From(Request.Snapshot.Title)),
            ("requester", Value.From(state.Requester.Id)),
            ("subject", Value.Map(("type", Value.From(state.Subject.Type)), ("id", Value.From(state.Subject.Id)))),
            ("payload", Request.Snapshot.Payload),
            ("payloadHash", Value.From(state.PayloadHash)),
            ("approvedAt", Value.From(Event.Time)),
            ("inputs", Value.List(Inputs.Select(input => input.ToValue()).ToArray())));
    }
}

/// <param name="By">The person who decided.</param>
public sealed record ApprovalInput(string By, DateTimeOffset At, Value Input)
{
    public Value ToValue() => Value.Map(("approver", Value.From(By)), ("at", Value.From(At)), ("input", Input));
}
