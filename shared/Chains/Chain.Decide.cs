using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Answers a command. Total: every command has an answer in every status, and none throws.</summary>
    /// <param name="state">Null where the request does not exist.</param>
    /// <param name="now">UTC.</param>
    public static Decided Decide(RequestState? state, Command command, DateTimeOffset now)
    {
        if (command is not { By: not null })
        {
            return Decided.Refuse(RefusalCode.NotAuthorized, Texts.RefusedNobody);
        }
        if (state is null)
        {
            return command is Command.Create create
                ? Create(create, now)
                : Decided.Refuse(RefusalCode.NotFound, Texts.RefusedNoRequest);
        }

        return command switch
        {
            // A repeated creation finds what it wanted.
            Command.Create => Decided.Of(),
            Command.Submit submit => Submit(state, submit, now),
            Command.EnterLevel enter => EnterLevel(state, enter, now),
            Command.Approve approve => Approve(state, approve, now),
            Command.Reject reject => Reject(state, reject, now),
            Command.RequestChanges changes => RequestChanges(state, changes, now),
            Command.Resubmit resubmit => Resubmit(state, resubmit, now),
            Command.Reassign reassign => Reassign(state, reassign, now),
            Command.AddApprover add => AddApprover(state, add, now),
            Command.GiveUp giveUp => GiveUp(state, giveUp, now),
            Command.AddComment comment => AddComment(state, comment, now),
            Command.Withdraw withdraw => Withdraw(state, withdraw, now),
            Command.Override over => Override(state, over, now),
            Command.Remind remind => Remind(state, remind, now),
            Command.TimeOut timeOut => TimeOut(state, timeOut, now),
            Command.ReportOverdue overdue => ReportOverdue(state, overdue, now),
            Command.ClaimGrant claim => ClaimGrant(state, claim, now),
            Command.ReportExecution report => ReportExecution(state, report, now),
            Command.AbandonExecution abandon => AbandonExecution(state, abandon, now),
            _ => Decided.Refuse(RefusalCode.InvalidState, Texts.RefusedNoCommand),
        };
    }
}
