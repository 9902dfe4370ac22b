namespace Approvals.Audit;

/// <summary>The words of the trail.</summary>
public static class AuditAction
{
    public const string Requested = "requested";
    public const string Submitted = "submitted";
    public const string LevelEntered = "level_entered";
    public const string LevelSkipped = "level_skipped";
    public const string AutoApproved = "auto_approved";
    public const string Approved = "approved";
    public const string LevelApproved = "level_approved";
    public const string Rejected = "rejected";
    public const string ChangesRequested = "changes_requested";
    public const string Resubmitted = "resubmitted";
    public const string Reminded = "reminded";
    public const string Escalated = "escalated";
    public const string OverdueReported = "overdue_reported";
    public const string Reassigned = "reassigned";
    public const string ApproverAdded = "approver_added";
    public const string Commented = "commented";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";
    public const string Overridden = "overridden";
    public const string Completed = "completed";
    public const string GateChecked = "gate_checked";
    public const string ExecutionClaimed = "execution_claimed";
    public const string ExecutionReported = "execution_reported";
    public const string DelegationCreated = "delegation_created";
    public const string DelegationStarted = "delegation_started";
    public const string DelegationEnded = "delegation_ended";
    public const string PolicyDrafted = "policy_drafted";
    public const string PolicyPublished = "policy_published";
    public const string PolicyRetired = "policy_retired";
    public const string Notified = "notified";
    public const string SideEffect = "side_effect";
    public const string DirectoryChanged = "directory_changed";
    public const string TokenCreated = "token_created";
    public const string TokenRevoked = "token_revoked";
    public const string Redelivered = "redelivered";
    public const string CheckpointTaken = "checkpoint_taken";
    public const string TrailRepaired = "trail_repaired";
}
