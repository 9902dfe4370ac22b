using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Approvals.Client;

/// <summary>Every decision is an event <c>approval.decision</c> on the current <see cref="Activity"/> and a log line.</summary>
internal static partial class Telemetry
{
    public static void Decided(ILogger logger, string action, ApprovalResult result)
    {
        Activity.Current?.AddEvent(new ActivityEvent(
            "approval.decision",
            tags: new ActivityTagsCollection
            {
                ["approval.action"] = action,
                ["approval.status"] = result.Status,
                ["approval.id"] = result.ApprovalId,
                ["approval.approved_by"] = result.ApprovedBy,
            }));
        if (result.Status is ApprovalStatus.Approved or ApprovalStatus.Rejected or ApprovalStatus.Timeout or ApprovalStatus.Pending)
        {
            Decision(logger, action, result.Status, result.ApprovalId);
        }
        else
        {
            UnknownStatus(logger, action, result.Status, result.ApprovalId);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Approval of {Action}: {Status} (request {ApprovalId})")]
    private static partial void Decision(ILogger logger, string action, string status, string? approvalId);

    [LoggerMessage(2, LogLevel.Warning, "Approval of {Action}: the status '{Status}' is not known, the action is denied (request {ApprovalId})")]
    private static partial void UnknownStatus(ILogger logger, string action, string status, string? approvalId);

    [LoggerMessage(3, LogLevel.Warning, "The outcome of execution {ExecutionId} of request {RequestId} could not be reported (succeeded: {Succeeded})")]
    public static partial void ReportLost(ILogger logger, Exception fault, string requestId, string executionId, bool succeeded);
}
