using System.Text.Json;

namespace Approvals.Client;

/// <summary>Decides, or has somebody decide, whether a call may continue. <see cref="ApprovalGate"/> asks it.</summary>
public interface IApprovalHandler
{
    /// <summary>Asks for approval of a call. Answers <see cref="ApprovalStatus.Pending"/> with an id where somebody still has to decide.</summary>
    Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation);

    /// <summary>Asks again for a call that was pending.</summary>
    /// <param name="approvalId">The <see cref="ApprovalResult.ApprovalId"/> of the pending answer.</param>
    Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation);
}

/// <summary>
/// A handler whose approval is used up by the call: the gate claims it for exactly the call's arguments before the call continues, and
/// reports its outcome afterwards.
/// </summary>
public interface IOneShotApprovalHandler : IApprovalHandler
{
    /// <summary>Uses up an approval. A result other than approved, or an exception, ends the call.</summary>
    Task<ApprovalResult> ClaimAsync(ApprovalRequest request, ApprovalResult approved, CancellationToken cancellation);

    /// <summary>Reports what became of a claimed call. Never throws.</summary>
    /// <param name="claimed">What <see cref="ClaimAsync"/> answered.</param>
    Task ReportAsync(ApprovalResult claimed, bool succeeded);
}

/// <summary>A call that needs approval. Immutable.</summary>
public sealed record ApprovalRequest
{
    /// <summary>The module (tool, function, operation) that is called.</summary>
    public required string ModuleId { get; init; }

    /// <summary>The call's arguments, a JSON object, without <c>_approval_token</c>.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>The module's annotations.</summary>
    public required ApprovalAnnotations Annotations { get; init; }

    /// <summary>What the module does, in words.</summary>
    public string? Description { get; init; }

    /// <summary>The module's tags.</summary>
    public IReadOnlyList<string> Tags { get; init => field = [.. value]; } = [];
}
