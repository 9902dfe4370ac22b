namespace Approvals.Client;

/// <summary>What the gate says of an action.</summary>
public sealed record GateAnswer
{
    /// <summary>Only <see cref="GateOutcome.Allowed"/> and <see cref="GateOutcome.Approved"/> let the action pass.</summary>
    public required GateOutcome Outcome { get; init; }

    /// <summary>The request that decides; null where the action is allowed without one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Set where the action is approved and the caller may claim it.</summary>
    public Grant? Grant { get; init; }

    /// <summary>Why approval is needed and who is asked, in words; set while pending.</summary>
    public string? Explanation { get; init; }

    /// <summary>Where a person can follow the request; relative to the service's address. Set while pending.</summary>
    public string? StatusUrl { get; init; }

    /// <summary>Why the action may not pass, in the approver's words where there are any.</summary>
    public string? Reason { get; init; }

    /// <summary>The service's code of an answer that is a "no", for example <c>APPROVAL_DENIED</c>.</summary>
    public string? Code { get; init; }
}

/// <summary>The gate's outcomes.</summary>
public enum GateOutcome
{
    /// <summary>An outcome that this version of the client does not know. It never lets an action pass.</summary>
    Unknown,

    /// <summary>No policy asks for approval.</summary>
    Allowed,

    /// <summary>Approved; the grant must be claimed before the action is executed.</summary>
    Approved,

    /// <summary>Somebody has to decide.</summary>
    Pending,

    /// <summary>Rejected.</summary>
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The requester withdrew the request.</summary>
    Withdrawn,

    /// <summary>The grant was claimed before.</summary>
    Executed,

    /// <summary>The grant was not claimed in time.</summary>
    GrantExpired,

    /// <summary>The approval was revoked before it was claimed.</summary>
    Revoked,
}

/// <summary>One-shot permission to execute exactly what was approved.</summary>
/// <param name="Token">Secret; claims the execution together with the payload.</param>
/// <param name="ExpiresAt">UTC; a claim must come before.</param>
public sealed record Grant(string Token, DateTimeOffset ExpiresAt);

/// <summary>A claimed grant: permission to execute now, once.</summary>
/// <param name="RequestId">The approved request.</param>
/// <param name="ExecutionId">Named by the report.</param>
public sealed record Execution(string RequestId, string ExecutionId);
