using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>One of each: every command by somebody who may send it, and a request in every status.</summary>
internal static class Matrix
{
    public static readonly ImmutableArray<Command> Commands =
    [
        Create(Level("ana"), Level("bo")),
        new Command.Submit { By = Human("rita") },
        new Command.EnterLevel(new LevelResolution { Level = 1, Groups = [People("ana")] }) { By = Actor.System },
        new Command.Approve("fine") { By = Human("ana") },
        new Command.Reject("too much") { By = Human("ana") },
        new Command.RequestChanges("split it") { By = Human("ana") },
        new Command.Resubmit(Hash) { By = Human("rita") },
        new Command.Reassign(null, null, new Candidate("cleo"), "away") { By = Human("ana") },
        new Command.AddApprover(null, new Candidate("cleo"), null) { By = Human("ana") },
        new Command.GiveUp("ana") { By = Actor.System, Resolution = new LevelResolution { Level = 1, Fallback = People("zoe") } },
        new Command.AddComment("a word") { By = Human("ana") },
        new Command.Withdraw("not needed") { By = Human("rita") },
        new Command.Override("agreed") { By = Human("olga", Roles.Override) },
        new Command.Remind { By = Actor.System },
        new Command.TimeOut(new LevelResolution { Level = 1, EscalationTargets = People("zoe") }) { By = Actor.System },
        new Command.ReportOverdue { By = Actor.System },
        new Command.ClaimGrant(Hash, "x1") { By = Human("rita") },
        new Command.ReportExecution("x1", Succeeded: true) { By = Human("rita") },
        new Command.AbandonExecution { By = Actor.System },
    ];

    /// <summary>Two levels, the first of them ana's; a reminder after an hour, due after two; no clock has run out yet.</summary>
    public static RequestState State(RequestStatus status)
    {
        var level = Level("ana") with { RespondWithin = TimeSpan.FromHours(2), RemindAfter = [TimeSpan.FromHours(1)] };
        var story = Story.Of(Create(level, Level("bo")) with { CompleteWithin = TimeSpan.FromHours(3) }, submit: status != RequestStatus.Draft);
        return status switch
        {
            RequestStatus.Draft or RequestStatus.InReview => story.State,
            RequestStatus.Pending => Chain.Evolve(
                Chain.Evolve(null, story.History[0]), new ChainEvent.Submitted { At = Start, By = story.State.Requester }),
            RequestStatus.ChangesRequested => story.When(new Command.RequestChanges(null) { By = Human("ana") }).State,
            RequestStatus.Escalated => Chain.Evolve(
                story.State, new ChainEvent.Escalated(1, People("zoe"), "late", TimedOut: true) { At = Start, By = ActorRef.System }),
            RequestStatus.Approved => story.Approve("ana").Approve("bo").State,
            RequestStatus.Rejected => story.Reject("ana").State,
            RequestStatus.Withdrawn => story.When(new Command.Withdraw { By = Human("rita") }).State,
            RequestStatus.Expired => Chain.Evolve(story.State, new ChainEvent.Expired(1) { At = Start, By = ActorRef.System }),
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
    }
}
