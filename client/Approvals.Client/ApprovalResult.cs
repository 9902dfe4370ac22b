using System.Collections.ObjectModel;

namespace Approvals.Client;

/// <summary>What an <see cref="IApprovalHandler"/> answers. Immutable.</summary>
public sealed record ApprovalResult
{
    /// <summary>One of <see cref="ApprovalStatus"/>; anything else is denied.</summary>
    public required string Status { get; init; }

    /// <summary>Who approved, where known.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Resumes the call later: the value of the argument <c>_approval_token</c>.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>What else the handler knows.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(value)); } =
        ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>The words of <see cref="ApprovalResult.Status"/>.</summary>
public static class ApprovalStatus
{
    /// <summary>The call continues.</summary>
    public const string Approved = "approved";

    /// <summary>The call ends with <see cref="ApprovalDeniedException"/>.</summary>
    public const string Rejected = "rejected";

    /// <summary>The call ends with <see cref="ApprovalTimeoutException"/>.</summary>
    public const string Timeout = "timeout";

    /// <summary>The call ends with <see cref="ApprovalPendingException"/>.</summary>
    public const string Pending = "pending";
}
