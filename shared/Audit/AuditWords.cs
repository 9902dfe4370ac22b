using Approvals.Chains;

namespace Approvals.Audit;

/// <summary>Which word of <see cref="AuditAction"/> an event or a command has.</summary>
public static class AuditWords
{
    public static string Of(ChainEvent happened) => happened switch
    {
        ChainEvent.Requested => AuditAction.Requested,
        ChainEvent.Submitted => AuditAction.Submitted,
        ChainEvent.LevelEntered => AuditAction.LevelEntered,
        ChainEvent.LevelSkipped => AuditAction.LevelSkipped,
        ChainEvent.AutoApproved => AuditAction.AutoApproved,
        ChainEvent.Approved => AuditAction.Approved,
        ChainEvent.Rejected => AuditAction.Rejected,
        ChainEvent.LevelApproved => AuditAction.LevelApproved,
        ChainEvent.Completed => AuditAction.Completed,
        ChainEvent.ChangesRequested => AuditAction.ChangesRequested,
        ChainEvent.Resubmitted => AuditAction.Resubmitted,
        ChainEvent.Reminded => AuditAction.Reminded,
        ChainEvent.Escalated => AuditAction.Escalated,
        ChainEvent.OverdueReported => AuditAction.OverdueReported,
        ChainEvent.Reassigned => AuditAction.Reassigned,
        ChainEvent.ApproverAdded => AuditAction.ApproverAdded,
        ChainEvent.GivenUp => AuditAction.Reassigned,
        ChainEvent.Commented => AuditAction.Commented,
        ChainEvent.Withdrawn => AuditAction.Withdrawn,
        ChainEvent.Expired => AuditAction.Expired,
        ChainEvent.Overridden => AuditAction.Overridden,
        ChainEvent.ExecutionClaimed => AuditAction.ExecutionClaimed,
        ChainEvent.ExecutionReported => AuditAction.ExecutionReported,
        _ => happened.GetType().Name,
    };

    /// <summary>The word that a refused command is audited with.</summary>
    public static string Of(Command command) => command switch
    {
        Command.Create => AuditAction.Requested,
        Command.Submit => AuditAction.Submitted,
        Command.EnterLevel => AuditAction.LevelEntered,
        Command.Approve => AuditAction.Approved,
        Command.Reject => AuditAction.Rejected,
        Command.RequestChanges => AuditAction.ChangesRequested,
        Command.Resubmit => AuditAction.Resubmitted,
        Command.Reassign => AuditAction.Reassigned,
        Command.AddApprover => AuditAction.ApproverAdded,
        Command.GiveUp => AuditAction.Reassigned,
        Command.AddComment => AuditAction.Commented,
        Command.Withdraw => AuditAction.Withdrawn,
        Command.Override => AuditAction.Overridden,
        Command.Remind => AuditAction.Reminded,
        Command.TimeOut => AuditAction.Escalated,
        Command.ReportOverdue => AuditAction.OverdueReported,
        Command.ClaimGrant => AuditAction.ExecutionClaimed,
        Command.ReportExecution or Command.AbandonExecution => AuditAction.ExecutionReported,
        _ => command.GetType().Name,
    };
}
