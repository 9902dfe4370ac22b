using Microsoft.Extensions.Logging;

namespace Approvals.Client;

/// <summary>What an answer of the gate means for a call.</summary>
internal static class GateDecision
{
    /// <summary>The answer in an approval handler's words.</summary>
    public static ApprovalResult Result(GateAnswer answer) => new()
    {
        Status = answer.Outcome switch
        {
            GateOutcome.Allowed => ApprovalStatus.Approved,
            GateOutcome.Approved when answer is { RequestId: not null, Grant: not null } => ApprovalStatus.Approved,
            GateOutcome.Pending => ApprovalStatus.Pending,
            GateOutcome.Expired or GateOutcome.GrantExpired => ApprovalStatus.Timeout,
            GateOutcome.Unknown => "unknown",
            _ => ApprovalStatus.Rejected,
        },
        ApprovalId = answer.RequestId,
        Reason = answer.Reason ?? answer.Explanation ?? (answer.Outcome == GateOutcome.Approved ? "The grant is for another caller." : null),
    };

    /// <summary>Records the decision, and returns only where the call continues.</summary>
    public static void ThrowUnlessApproved(ILogger logger, string action, ApprovalResult result)
    {
        Telemetry.Decided(logger, action, result);
        if (result.Status != ApprovalStatus.Approved)
        {
            throw Refusal(result);
        }
    }

    /// <summary>The exception that ends a call with this result.</summary>
    private static ApprovalException Refusal(ApprovalResult result) => result.Status switch
    {
        ApprovalStatus.Pending => new ApprovalPendingException(Text(result, "The action waits for approval."), result),
        ApprovalStatus.Timeout => new ApprovalTimeoutException(Text(result, "Nobody decided in time."), result),
        ApprovalStatus.Rejected => new ApprovalDeniedException(Text(result, "The action was not approved."), result),
        _ => new ApprovalDeniedException($"The approval status '{result.Status}' is not known; the action is denied.", result),
    };

    private static string Text(ApprovalResult result, string otherwise) => string.IsNullOrWhiteSpace(result.Reason) ? otherwise : result.Reason;
}
