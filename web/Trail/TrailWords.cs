using Approvals.Audit;

namespace Approvals.Web.Trail;

/// <summary>The words of the trail in a sentence's form; a word that has none is shown as it is.</summary>
public static class TrailWords
{
    /// <summary>Every word that the trail may have, for filters.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditAction).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];

    public static string Action(string action) => action switch
    {
        AuditAction.Requested => Texts.DidRequest,
        AuditAction.Submitted => Texts.DidSubmit,
        AuditAction.LevelEntered => Texts.DidEnterLevel,
        AuditAction.LevelSkipped => Texts.DidSkipLevel,
        AuditAction.AutoApproved => Texts.DidAutoApprove,
        AuditAction.Approved => Texts.DidApprove,
        AuditAction.LevelApproved => Texts.DidApproveLevel,
        AuditAction.Rejected => Texts.DidReject,
        AuditAction.ChangesRequested => Texts.DidRequestChanges,
        AuditAction.Resubmitted => Texts.DidResubmit,
        AuditAction.Reminded => Texts.DidRemind,
        AuditAction.Escalated => Texts.DidEscalate,
        AuditAction.OverdueReported => Texts.DidReportOverdue,
        AuditAction.Reassigned => Texts.DidReassign,
        AuditAction.ApproverAdded => Texts.DidAddApprover,
        AuditAction.Commented => Texts.DidComment,
        AuditAction.Withdrawn => Texts.DidWithdraw,
        AuditAction.Expired => Texts.DidExpire,
        AuditAction.Overridden => Texts.DidOverride,
        AuditAction.Completed => Texts.DidComplete,
        AuditAction.GateChecked => Texts.DidCheckGate,
        AuditAction.ExecutionClaimed => Texts.DidClaim,
        AuditAction.ExecutionReported => Texts.DidReportExecution,
        AuditAction.DelegationCreated => Texts.DidDelegate,
        AuditAction.DelegationStarted => Texts.DidStartDelegation,
        AuditAction.DelegationEnded => Texts.DidEndDelegation,
        AuditAction.PolicyDrafted => Texts.DidDraftPolicy,
        AuditAction.PolicyPublished => Texts.DidPublishPolicy,
        AuditAction.PolicyRetired => Texts.DidRetirePolicy,
        AuditAction.CheckpointTaken => Texts.DidTakeCheckpoint,
        AuditAction.TrailRepaired => Texts.DidRepairTrail,
        AuditAction.Notified => Texts.DidNotify,
        AuditAction.SideEffect => Texts.DidSideEffect,
        AuditAction.DirectoryChanged => Texts.DidChangeDirectory,
        AuditAction.TokenCreated => Texts.DidCreateToken,
        AuditAction.TokenRevoked => Texts.DidRevokeToken,
        AuditAction.Redelivered => Texts.DidRedeliver,
        _ => Say.Label(action),
    };
}
