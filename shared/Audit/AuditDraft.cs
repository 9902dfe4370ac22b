using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.State;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>What happened, before it has its place in a chain. <see cref="AuditChain.Append"/> makes an entry of it.</summary>
public sealed record AuditDraft
{
    public required string Tenant { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor Actor { get; init; }

    public string? OnBehalfOf { get; init; }

    /// <summary>One of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    public Subject? Subject { get; init; }

    /// <summary>Null: the entry belongs to the tenant's own chain (allowed gate calls, policies, delegations).</summary>
    public string? RequestId { get; init; }

    /// <summary>The gated or requested action type, where there is one.</summary>
    public string? ActionType { get; init; }

    public PolicyRef? Policy { get; init; }

    public string? PayloadHash { get; init; }

    /// <summary>The payload itself, where no snapshot keeps it (allowed gate calls).</summary>
    public Value? Payload { get; init; }

    /// <summary>ok, refused or failed: <see cref="AuditOutcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The refusal's or the fault's code.</summary>
    public string? Code { get; init; }

    /// <summary>The reason or comment a person gave, or what the system did it for.</summary>
    public string? Reason { get; init; }

    /// <summary>Further facts by name, e.g. level, dueAt, channel; names sorted when written.</summary>
    public ImmutableArray<KeyValuePair<string, Value>> Details { get; init => field = value.OrEmpty(); } = [];

    public Origin Origin { get; init; } = Origin.Internal;

    /// <summary>
    /// Where whoever records it may do so again: names what it tells of, and its chain takes one entry of a name. No part of the entry. Null: each is another.
    /// </summary>
    public string? Once { get; init; }
}
