using System.Text;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class HappyPathTests
{
    [Fact]
    public void Three_levels_approved_in_sequence_complete_the_request()
    {
        var story = Story.Of(Level("ana"), Level("bo"), Level("cleo"));
        story.Then(RequestStatus.InReview).Says("Requested", "Submitted", "LevelEntered");
        Assert.Equal((1L, 1), (story.State.Version, story.State.CurrentLevel));

        story.Approve("ana").Says("Approved", "LevelApproved", "LevelEntered").Then(RequestStatus.InReview);
        story.Approve("bo").Then(RequestStatus.InReview);
        story.Hours(1).Approve("cleo").Says("Approved", "LevelApproved", "Completed").Then(RequestStatus.Approved);

        Assert.Equal(4, story.State.Version);
        Assert.Equal(story.Now, story.State.DecidedAt);
        Assert.Equal(story.Now + TimeSpan.FromHours(24), story.State.Grant!.ExpiresAt);
        Assert.All(story.State.Levels, level => Assert.Equal(LevelStatus.Approved, level.Status));
    }

    [Fact]
    public void A_rejection_with_a_reason_ends_the_request()
    {
        var story = Story.Of(Level("ana"), Level("bo")).Reject("ana", "no budget").Then(RequestStatus.Rejected).Says("Rejected");
        Assert.True(story.Event<ChainEvent.Rejected>().Final);
        Assert.Equal(LevelStatus.Rejected, story.Level(1).Status);
    }

    [Fact]
    public void An_approved_request_is_executed_once()
    {
        var story = Story.Of(Level("ana")).Approve("ana");
        story.When(new Command.ClaimGrant(Hash, "x1") { By = Human("rita") }).Says("ExecutionClaimed");
        story.Refuses(new Command.ClaimGrant(Hash, "x2") { By = Human("rita") }, RefusalCode.AlreadyExecuted);
        story.When(new Command.ReportExecution("x1", Succeeded: true) { By = Human("rita") }).Says("ExecutionReported");
        Assert.Equal(ExecutionOutcome.Succeeded, story.State.Grant!.Execution!.Outcome);
    }

    [Fact]
    public void A_draft_waits_for_its_submission()
    {
        var story = Story.Of(Create(Level("ana")), submit: false).Then(RequestStatus.Draft).Says("Requested");
        Assert.Empty(story.Last.Outbox);
        story.When(new Command.Submit { By = Human("rita") }).Says("Submitted", "LevelEntered").Then(RequestStatus.InReview);
        Assert.Equal("approval.requested", Assert.Single(story.Last.Outbox).Type);
    }

    [Fact]
    public void Every_step_is_audited_and_told()
    {
        var story = Story.Of(Level("ana"));
        Assert.Equal(["requested", "submitted", "level_entered"], story.Last.Audit.Select(entry => entry.Action));
        story.Approve("ana");
        Assert.Equal(["approved", "level_approved", "completed"], story.Last.Audit.Select(entry => entry.Action));
        Assert.Equal(["ana", "system", "system"], story.Last.Audit.Select(entry => entry.Actor.Id));
        Assert.Equal(["r1-2-0", "r1-2-1"], story.Last.Outbox.Select(told => told.Id));
        Assert.Contains("\"final\":true,\"finalApproverId\":\"ana\"", Encoding.UTF8.GetString(story.Last.Outbox[1].Body.Span), StringComparison.Ordinal);
        Assert.Equal(ActorType.System, story.Last.Audit[2].Actor.Type);
    }
}
