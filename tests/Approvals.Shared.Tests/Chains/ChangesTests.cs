using Approvals.Actors;
using Approvals.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class ChangesTests
{
    private const string OtherHash = "bb";

    [Fact]
    public void A_resubmission_takes_a_new_snapshot_and_restarts_the_chain()
    {
        var story = Story.Of(Level("ana"), Level("bo", "cleo")).Approve("ana").Approve("bo");
        story.When(new Command.RequestChanges("split it") { By = Human("cleo") }).Says("ChangesRequested").Then(RequestStatus.ChangesRequested);
        story.Hours(100).When(new Command.Resubmit(OtherHash) { By = Human("rita") }).Says("Resubmitted", "LevelEntered").Then(RequestStatus.InReview);

        Assert.Equal((1, 2, OtherHash), (story.State.CurrentLevel, story.State.Snapshot, story.State.PayloadHash));
        Assert.Equal(2, story.Last.Snapshot!.Number);
        Assert.Equal("ana:waiting", story.Places(1));
        Assert.True(story.Level(2).Groups.IsEmpty);
        Assert.Equal((story.Now, story.Now.AddHours(48)), (story.State.SubmittedAt, story.Level(1).DueAt));
        story.Approve("ana").Approve("bo").Approve("cleo").Then(RequestStatus.Approved);
        story.Refuses(new Command.ClaimGrant(Hash, "x") { By = Human("rita") }, RefusalCode.PayloadChanged);
        story.When(new Command.ClaimGrant(OtherHash, "x") { By = Human("rita") });
    }

    [Fact]
    public void No_clock_runs_while_changes_are_asked_for()
    {
        var story = Story.Of(Level("ana")).When(new Command.RequestChanges(null) { By = Human("ana") }).Hours(1000);
        story.TimeOut().Says().When(new Command.ReportOverdue { By = Actor.System }).Says().Then(RequestStatus.ChangesRequested);
        Assert.Empty(Approvals.Requests.Involvement.WaitingFor(story.State));
    }

    [Fact]
    public void Only_the_requester_submits_resubmits_and_withdraws()
    {
        var story = Story.Of(Create(Level("ana")), submit: false);
        story.Refuses(new Command.Submit { By = Human("ana") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Withdraw { By = Human("ana") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Withdraw { By = Agent("rita") }, RefusalCode.NotAuthorized);
        story.When(new Command.Submit { By = Human("rita") }).When(new Command.RequestChanges(null) { By = Human("ana") });
        story.Refuses(new Command.Resubmit(OtherHash) { By = Human("ana") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Resubmit("") { By = Human("rita") }, RefusalCode.ValidationFailed);
    }

    [Fact]
    public void A_request_is_withdrawn_any_time_before_its_final_approval()
    {
        var withdraw = new Command.Withdraw("not needed") { By = Human("rita") };
        Story.Of(Create(Level("ana")), submit: false).When(withdraw).Then(RequestStatus.Withdrawn);
        Story.Of(Level("ana")).When(new Command.RequestChanges(null) { By = Human("ana") }).When(withdraw).Then(RequestStatus.Withdrawn);
        var story = Story.Of(Level("ana"), Level("bo")).Approve("ana").When(withdraw).Then(RequestStatus.Withdrawn);
        story.Refuses(withdraw, RefusalCode.AlreadyWithdrawn).Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.AlreadyWithdrawn);
        Story.Of(Level("ana")).Approve("ana").Refuses(withdraw, RefusalCode.AlreadyDecided);
    }

    [Fact]
    public void A_withdrawn_request_answers_so_to_whoever_asks()
    {
        var story = Story.Of(Level("ana")).When(new Command.Withdraw { By = Human("rita") });
        story.Refuses(new Command.Approve { By = Human("rita") }, RefusalCode.AlreadyWithdrawn)
            .Refuses(new Command.Withdraw { By = Human("zoe") }, RefusalCode.AlreadyWithdrawn);
    }
}
