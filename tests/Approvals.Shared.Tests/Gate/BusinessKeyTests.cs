using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Gate;

/// <summary>Equal calls are one call.</summary>
public sealed class BusinessKeyTests
{
    private static readonly Subject Bill = new("bill", "4711");

    [Fact]
    public void Equal_calls_have_equal_keys_and_nothing_else_has()
    {
        var key = BusinessKey.Of("t", "a.b", Bill, "h", "rae");
        string[] others =
        [
            BusinessKey.Of("u", "a.b", Bill, "h", "rae"), BusinessKey.Of("t", "a.c", Bill, "h", "rae"),
            BusinessKey.Of("t", "a.b", new Subject("bill", "4712"), "h", "rae"), BusinessKey.Of("t", "a.b", new Subject("bil", "l4711"), "h", "rae"),
            BusinessKey.Of("t", "a.b", Bill, "i", "rae"), BusinessKey.Of("t", "a.b", Bill, "h", "bo"), BusinessKey.Of("ta", ".b", Bill, "h", "rae"),
            BusinessKey.Of("t", "a.b", Bill, "hr", "ae"), BusinessKey.Of("t", "a.b", Bill, "h", "räe"),
            BusinessKey.Of("t", "a.b", new Subject("bill", new string('4', 5000)), "h", "rae"),
        ];

        Assert.Equal(key, BusinessKey.Of("t", "a.b", new Subject("bill", "4711"), "h", "rae"));
        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.Equal(others.Length + 1, others.Append(key).Distinct().Count());
    }

    [Theory]
    [InlineData(RequestStatus.Draft, true, true, GateOutcome.Pending, null)]
    [InlineData(RequestStatus.Pending, true, true, GateOutcome.Pending, null)]
    [InlineData(RequestStatus.InReview, true, true, GateOutcome.Pending, null)]
    [InlineData(RequestStatus.ChangesRequested, true, true, GateOutcome.Pending, null)]
    [InlineData(RequestStatus.Escalated, true, true, GateOutcome.Pending, null)]
    [InlineData(RequestStatus.Rejected, true, false, GateOutcome.Rejected, "APPROVAL_DENIED")]
    [InlineData(RequestStatus.Withdrawn, false, false, GateOutcome.Withdrawn, "APPROVAL_ALREADY_WITHDRAWN")]
    [InlineData(RequestStatus.Expired, false, false, GateOutcome.Expired, "APPROVAL_TIMEOUT")]
    [InlineData(RequestStatus.Approved, false, false, GateOutcome.GrantExpired, "APPROVAL_GRANT_EXPIRED")]
    public void A_repeated_check_finds_what_still_answers(RequestStatus status, bool answers, bool whenReopened, GateOutcome outcome, string? code)
    {
        var state = State(status);

        Assert.Equal(answers, BusinessKey.StillAnswers(state, reopen: false, World.Now));
        Assert.Equal(whenReopened, BusinessKey.StillAnswers(state, reopen: true, World.Now));
        Assert.Equal(new GateAnswer(outcome, code), GateAnswer.Of(state, World.Now));
    }

    [Fact]
    public void An_approved_request_answers_until_its_grant_is_claimed_or_over()
    {
        var state = State(RequestStatus.Approved) with { Grant = new GrantState(World.Now.AddHours(1)) };
        var claimed = state with { Grant = state.Grant! with { Execution = new ExecutionState("e", World.Now, ExecutionOutcome.Claimed, null) } };

        Assert.True(BusinessKey.StillAnswers(state, false, World.Now));
        Assert.True(BusinessKey.StillAnswers(state, true, World.Now));
        Assert.False(BusinessKey.StillAnswers(state, false, World.Now.AddHours(1)));
        Assert.False(BusinessKey.StillAnswers(claimed, false, World.Now));
        Assert.Equal(new GateAnswer(GateOutcome.Approved, null, World.Now.AddHours(1)), GateAnswer.Of(state, World.Now));
        Assert.Equal(GateOutcome.GrantExpired, GateAnswer.Of(state, World.Now.AddHours(1)).Outcome);
        Assert.Equal(GateOutcome.Executed, GateAnswer.Of(claimed, World.Now).Outcome);
    }

    [Fact]
    public void A_request_that_took_another_payload_answers_for_that_from_then_on()
    {
        var request = State(RequestStatus.ChangesRequested) with { BusinessKey = BusinessKey.Of("contoso", "a.b", Bill, Chains.Make.Hash, "rae") };

        var resubmitted = Chain.Evolve(request, new ChainEvent.Resubmitted(2, "other") { At = World.Now, By = request.Requester });

        Assert.Equal(BusinessKey.Of("contoso", "a.b", Bill, "other", "rae"), resubmitted.BusinessKey);
        Assert.Null(Chain.Evolve(request with { BusinessKey = null }, new ChainEvent.Resubmitted(2, "other") { At = World.Now, By = request.Requester }).BusinessKey);
    }

    private static RequestState State(RequestStatus status) => new()
    {
        Tenant = "contoso",
        Id = "r1",
        Status = status,
        RequestType = "action",
        ActionType = "a.b",
        Requester = new ActorRef("rae", ActorType.Human),
        Subject = Bill,
        PayloadHash = Chains.Make.Hash,
        Levels = [],
        CompleteWithin = TimeSpan.FromDays(7),
        GrantValidFor = TimeSpan.FromDays(1),
        CreatedAt = World.Now,
    };
}
