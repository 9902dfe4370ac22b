using System.Collections.Immutable;
using Approvals.Chains.State;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>A gate check as somebody sends it.</summary>
public sealed record GateCall
{
    public required string ActionType { get; init; }
    public required Actors.Subject Subject { get; init; }
    public required Value Payload { get; init; }

    /// <summary>1–500 characters; null: made by the policy's template.</summary>
    public string? Title { get; init; }
    public string? Description { get; init; }

    /// <summary>A registered approval type; unregistered ones are a generic action.</summary>
    public string RequestType { get; init; } = GenericType;

    /// <summary>The service's own changes come through the gate too; nobody else's call says so.</summary>
    public RequestOrigin Origin { get; init; } = RequestOrigin.Gate;

    /// <summary>People who decide nothing, since they gain by it, or wrote what is to be published.</summary>
    public ImmutableArray<string> Barred { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Start another request although the last one with this business key was rejected.</summary>
    public bool Reopen { get; init; }

    /// <summary>Id of the request and of its first command, should one be started.</summary>
    public required string RequestId { get; init; }

    public const string GenericType = "action";
}

/// <summary>What the gate says.</summary>
/// <param name="Request">The request that answers; null where the action is allowed without one, or where none could be started.</param>
/// <param name="Refusal">Why none could be started, or why the question itself is none.</param>
public sealed record GateResult(GateEvaluation Evaluation, Requests.StoredRequest? Request, Chains.Refusal? Refusal);
