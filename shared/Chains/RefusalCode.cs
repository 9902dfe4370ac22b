namespace Approvals.Chains;

/// <summary>The stable codes of refusals; the HTTP status of each stands in one table of the API.</summary>
public static class RefusalCode
{
    public const string NotFound = "APPROVAL_NOT_FOUND";
    public const string AlreadyDecided = "APPROVAL_ALREADY_DECIDED";
    public const string NotAuthorized = "APPROVAL_NOT_AUTHORIZED";
    public const string SelfApproval = "APPROVAL_SELF_APPROVAL";
    public const string AgentForbidden = "APPROVAL_AGENT_FORBIDDEN";
    public const string AssuranceRequired = "APPROVAL_ASSURANCE_REQUIRED";
    public const string AlreadyWithdrawn = "APPROVAL_ALREADY_WITHDRAWN";
    public const string InvalidLevel = "APPROVAL_INVALID_LEVEL";
    public const string ReasonRequired = "APPROVAL_REASON_REQUIRED";
    public const string PayloadChanged = "APPROVAL_PAYLOAD_CHANGED";
    public const string AlreadyExecuted = "APPROVAL_ALREADY_EXECUTED";
    public const string StaleView = "APPROVAL_STALE_VIEW";
    public const string GrantExpired = "APPROVAL_GRANT_EXPIRED";
    public const string LinkInvalid = "APPROVAL_LINK_INVALID";
    public const string Denied = "APPROVAL_DENIED";
    public const string Timeout = "APPROVAL_TIMEOUT";
    public const string DelegationCycle = "DELEGATION_CYCLE";
    public const string PolicyInvalid = "POLICY_INVALID";
    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    public const string ValidationFailed = "VALIDATION_FAILED";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The agent has as many open requests for the action type as it may have (<see cref="Requests.OpenLimit"/>).</summary>
    public const string TooManyOpen = "TOO_MANY_OPEN";

    /// <summary>The command does not fit the request's status (e.g. submitting what is no draft).</summary>
    public const string InvalidState = "APPROVAL_INVALID_STATE";
}
