using System.Collections.Immutable;

namespace Approvals.Outbox;

/// <summary>Types of the events that leave the service.</summary>
public static class EventType
{
    /// <summary>Every one of them.</summary>
    public static readonly ImmutableArray<string> All =
        [.. typeof(EventType).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    public const string Requested = "approval.requested";
    public const string Approved = "approval.approved";
    public const string Rejected = "approval.rejected";
    public const string Escalated = "approval.escalated";
    public const string Delegated = "approval.delegated";

    /// <summary>Somebody was put into a place after the level was entered: added, or handed the place by another.</summary>
    public const string Assigned = "approval.assigned";
    public const string Withdrawn = "approval.withdrawn";
    public const string Expired = "approval.expired";
    public const string ChangesRequested = "approval.changes_requested";
    public const string Reminded = "approval.reminded";
    public const string Overridden = "approval.overridden";
    public const string OverrideAlert = "approval.override_alert";
    public const string Overdue = "approval.overdue";
    public const string Executed = "approval.executed";
    public const string CommentAdded = "approval.comment_added";
    public const string PolicyPublished = "policy.published";
    public const string DelegationChanged = "delegation.changed";

    /// <summary>Somebody of the directory may act no more, or was given authority without a second administrator.</summary>
    public const string DirectoryChanged = "directory.changed";
}
