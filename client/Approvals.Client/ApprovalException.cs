namespace Approvals.Client;

/// <summary>An action did not pass the gate. It was not executed.</summary>
public abstract class ApprovalException : Exception
{
    /// <summary>Creates the exception.</summary>
    protected ApprovalException(string code, string message, ApprovalResult? result, Exception? inner = null) : base(message, inner)
    {
        Code = code;
        Result = result;
    }

    /// <summary>A stable code: <c>APPROVAL_DENIED</c>, <c>APPROVAL_TIMEOUT</c>, <c>APPROVAL_PENDING</c>, or the service's.</summary>
    public string Code { get; }

    /// <summary>What the approval handler answered; null where the service refused before there was an answer.</summary>
    public ApprovalResult? Result { get; }

    /// <summary>The id of the request, where there is one.</summary>
    public string? ApprovalId => Result?.ApprovalId;
}

/// <summary>Approval was refused, or could not be had: the service is away, or its answer is not one that lets an action pass.</summary>
public sealed class ApprovalDeniedException(string message, ApprovalResult? result = null, Exception? inner = null)
    : ApprovalException("APPROVAL_DENIED", message, result, inner);

/// <summary>Nobody decided in time.</summary>
public sealed class ApprovalTimeoutException(string message, ApprovalResult? result = null) : ApprovalException("APPROVAL_TIMEOUT", message, result);

/// <summary>Somebody still has to decide. Ask again later with the same action and payload, or with <see cref="ApprovalException.ApprovalId"/> as token.</summary>
public sealed class ApprovalPendingException(string message, ApprovalResult result) : ApprovalException("APPROVAL_PENDING", message, result);

/// <summary>The service refused a call, with a problem document (RFC 9457).</summary>
/// <param name="problem">What the service answered.</param>
public sealed class ApprovalProblemException(ApprovalProblem problem) : ApprovalException(problem.Code, problem.Detail ?? problem.Title ?? problem.Code, null)
{
    /// <summary>The problem document.</summary>
    public ApprovalProblem Problem { get; } = problem;
}

/// <summary>A problem document of the service.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code, for example <c>VALIDATION_FAILED</c>; <c>HTTP_{status}</c> where the answer had none.</param>
public sealed record ApprovalProblem(int Status, string Code)
{
    /// <summary>What kind of problem it is, in words.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong with this call, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>Finds the call in the service's logs and traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>When to try again, where the service said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The members at fault of an invalid call: path and message.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
}
