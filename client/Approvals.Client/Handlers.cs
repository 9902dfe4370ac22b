using System.Text.Json;

namespace Approvals.Client;

/// <summary>Rejects every call.</summary>
public sealed class AlwaysDenyHandler : IApprovalHandler
{
    private static readonly Task<ApprovalResult> Denied =
        Task.FromResult(new ApprovalResult { Status = ApprovalStatus.Rejected, Reason = "Every call that needs approval is denied." });

    /// <inheritdoc/>
    public Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation) => Denied;

    /// <inheritdoc/>
    public Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation) => Denied;
}

/// <summary>Approves every call without asking anybody. For tests and development only.</summary>
public sealed class AutoApproveHandler : IApprovalHandler
{
    private static readonly Task<ApprovalResult> Approved = Task.FromResult(new ApprovalResult { Status = ApprovalStatus.Approved, ApprovedBy = "auto" });

    /// <inheritdoc/>
    public Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation) => Approved;

    /// <inheritdoc/>
    public Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation) => Approved;
}

/// <summary>Asks a function of the application, for example a prompt on the console.</summary>
/// <param name="callback">Decides a call.</param>
/// <param name="check">Decides a call that was pending, by its id; null: such a call is rejected.</param>
public sealed class CallbackApprovalHandler(
    Func<ApprovalRequest, CancellationToken, Task<ApprovalResult>> callback, Func<string, CancellationToken, Task<ApprovalResult>>? check = null)
    : IApprovalHandler
{
    /// <inheritdoc/>
    public Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation) => callback(request, cancellation);

    /// <inheritdoc/>
    public Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation) => check is null
        ? Task.FromResult(new ApprovalResult { Status = ApprovalStatus.Rejected, ApprovalId = approvalId, Reason = "This handler does not resume calls." })
        : check(approvalId, cancellation);
}
