using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Outbox;

namespace Approvals.Requests;

/// <summary>
/// Everything one command changes, to be stored in one transaction: state, audit, outbox, receipt. A refused command's
/// transition has the state unchanged, one audit entry and its receipt.
/// </summary>
public sealed record Transition
{
    /// <summary>Null where the command created the request.</summary>
    public RequestState? Before { get; init; }

    /// <summary>Null only where a creation was refused.</summary>
    public required RequestState? After { get; init; }

    public required ImmutableArray<ChainEvent> Events { get; init => field = value.OrEmpty(); }

    public required ImmutableArray<AuditDraft> Audit { get; init => field = value.OrEmpty(); }

    public required ImmutableArray<OutboxEvent> Outbox { get; init => field = value.OrEmpty(); }

    public required Receipt Receipt { get; init; }

    /// <summary>Set where a snapshot was taken.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>People who may see the request from now on: requester, watchers, approvers of this and later levels.</summary>
    public ImmutableArray<string> Involved { get; init => field = value.OrEmpty(); } = [];
}
