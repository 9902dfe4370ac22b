using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Values;

namespace Approvals.Requests;

/// <summary>A request that somebody makes by themselves, without the gate: there is an answer at the end, but no grant.</summary>
public sealed record DirectRequest
{
    public required string RequestId { get; init; }
    public required string RequestType { get; init; }

    /// <summary>Null: the type's.</summary>
    public string? ActionType { get; init; }

    /// <summary>1–500 characters; null: made of the policy's template or the subject.</summary>
    public string? Title { get; init; }
    public string? Description { get; init; }
    public required Subject Subject { get; init; }
    public required Value Payload { get; init; }

    /// <summary>
    /// Refused where a policy covers the action type, or the type has a side effect. Null: those of the policy that applies, else the tenant's fallback
    /// approvers.
    /// </summary>
    public ImmutableArray<LevelDefinition>? Levels { get; init; }

    /// <summary>References of people to inform of each step, as in a policy.</summary>
    public ImmutableArray<string> Watchers { get; init; } = [];

    /// <summary>False: it stays a draft.</summary>
    public bool Submit { get; init; } = true;
}
