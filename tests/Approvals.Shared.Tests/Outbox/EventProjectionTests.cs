using System.Text;
using System.Text.Json.Nodes;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Tests.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Outbox;

public sealed class EventProjectionTests
{
    private static JsonObject Body(Story story, string type) =>
        JsonNode.Parse(Assert.Single(story.Last.Outbox, told => told.Type == type).Body.Span)!.AsObject();

    private static string Text(Story story, string type) => Encoding.UTF8.GetString(Assert.Single(story.Last.Outbox, told => told.Type == type).Body.Span);

    private static string[] Types(Story story) => [.. story.Last.Outbox.Select(told => told.Type)];

    [Fact]
    public void A_submission_tells_what_is_asked_of_whom() => Assert.Equal(
        """{"actionType":"purchasing.order.place","approvalLevels":["Level","Finance"],"origin":"gate","payloadHash":"HASH","requestId":"r1","requestType":"action","requesterId":"rita","resubmitted":false,"subject":{"id":"PO-7","type":"order"},"timestamp":"2026-03-02T09:00:00Z","title":"New laptops","waitingFor":["ana"]}"""
            .Replace("HASH", Hash, StringComparison.Ordinal),
        Text(Story.Of(Level("ana"), Level("bo") with { Name = "Finance" }), "approval.requested"));

    [Fact]
    public void Ids_and_times_are_stable_and_the_order_is_kept()
    {
        var story = Story.Of(Level("ana"), Level("bo")).Approve("ana").Hours(2).Approve("bo");
        Assert.Equal([("r1-3-0", "approval.approved"), ("r1-3-1", "approval.approved")], story.Last.Outbox.Select(told => (told.Id, told.Type)));
        Assert.All(story.Last.Outbox, told => Assert.Equal((story.Now, "r1", "contoso"), (told.Time, told.RequestId, told.Tenant)));
    }

    [Fact]
    public void A_level_and_the_whole_request_are_told_apart()
    {
        var story = Story.Of(Level("ana"), Level("bo")).Approve("ana");
        var level = Body(story, "approval.approved");
        Assert.Equal((1, "ana", false), ((int)level["level"]!, (string?)level["approverId"], (bool)level["final"]!));
        Assert.Equal("bo", (string?)level["waitingFor"]![0]);

        story.Approve("cy", actsFor: "bo");
        var whole = JsonNode.Parse(story.Last.Outbox[^1].Body.Span)!;
        Assert.Equal(("cy", "bo", true), ((string?)whole["finalApproverId"], (string?)whole["onBehalfOf"], (bool)whole["final"]!));
        Assert.Equal(("r1", "action", "rita"), ((string?)whole["requestId"], (string?)whole["requestType"], (string?)whole["requesterId"]));
    }

    [Fact]
    public void A_single_vote_of_several_is_nobody_elses_business() => Assert.Empty(Story.Of(Level("ana", "bo")).Approve("ana").Last.Outbox);

    [Fact]
    public void An_automatic_approval_is_the_systems_and_names_its_rule()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.AutoApproved[1] = "payload.amount < 1000");
        Assert.Equal(["approval.requested", "approval.approved", "approval.approved"], Types(story));
        var level = JsonNode.Parse(story.Last.Outbox[1].Body.Span)!;
        Assert.Equal(("system", true, "payload.amount < 1000"), ((string?)level["approverId"], (bool)level["autoApproved"]!, (string?)level["rule"]));
    }

    [Fact]
    public void A_rejection_tells_who_where_and_why()
    {
        var body = Body(Story.Of(Level("ana")).Reject("ana", "no \"budget\""), "approval.rejected");
        Assert.Equal(("ana", 1, "no \"budget\"", "2026-03-02T09:00:00Z"),
            ((string?)body["approverId"], (int)body["level"]!, (string?)body["reason"], (string?)body["timestamp"]));
    }

    [Fact]
    public void An_escalation_names_its_targets_and_the_time_that_was_given()
    {
        var story = Story.Of(Level("ana") with { EscalateTo = ["user:zoe", "user:yan"], RespondWithin = TimeSpan.FromMinutes(90) }).Hours(2).TimeOut();
        var body = Body(story, "approval.escalated");
        Assert.Equal((1, 1.5, "zoe"), ((int)body["level"]!, (double)body["timeoutHours"]!, (string?)body["escalationTargetId"]));
        Assert.Equal("""["zoe","yan"]""", body["escalationTargetIds"]!.ToJsonString());
    }

    [Fact]
    public void An_escalation_tells_working_days_in_hours_of_work()
    {
        var level = Level("ana") with { EscalateTo = ["user:zoe"], RespondWithin = TimeSpan.FromDays(2), RespondWithinDays = 2, Calendar = new() { TimeZone = "UTC" } };
        Assert.Equal(16, (double)Body(Story.Of(level).Hours(100).TimeOut(), "approval.escalated")["timeoutHours"]!);
    }

    [Fact]
    public void Delegates_are_told_when_they_are_asked_or_when_they_answer_unasked()
    {
        var story = Story.Of(Create(Level("ana", "bo")), desk => desk.Delegates["ana"] = "cy");
        Assert.Equal(["approval.requested", "approval.delegated"], Types(story));
        var body = Body(story, "approval.delegated");
        Assert.Equal(("ana", "cy", "r1"), ((string?)body["fromApproverId"], (string?)body["toDelegateId"], (string?)body["requestId"]));
        Assert.Empty(Types(story.Approve("cy", actsFor: "ana")));
        Assert.Equal(["approval.delegated", "approval.approved", "approval.approved"], Types(story.Approve("dora", actsFor: "bo")));
    }

    [Fact]
    public void Whoever_gets_a_place_later_is_told()
    {
        var story = Story.Of(Level("ana")).When(new Command.Reassign(null, null, new("bo", "cy"), "away") { By = Human("ana") });
        Assert.Equal(["approval.assigned", "approval.delegated"], Types(story));
        var body = Body(story, "approval.assigned");
        Assert.Equal(("bo", "ana", "ana", "away", "cy"), ((string?)body["approverId"], (string?)body["fromApproverId"], (string?)body["assignedBy"], (string?)body["reason"], (string?)body["routedTo"]));
        Assert.Null(Body(story.When(new Command.AddApprover(null, new("dora"), null) { By = Human("bo") }), "approval.assigned")["fromApproverId"]);
    }

    [Fact]
    public void A_withdrawal_tells_every_approver()
    {
        var story = Story.Of(Level("ana"), Level("bo")).Approve("ana").When(new Command.Withdraw("not needed") { By = Human("rita") });
        var body = Body(story, "approval.withdrawn");
        Assert.Equal(("""["ana","bo"]""", "not needed"), (body["approverIds"]!.ToJsonString(), (string?)body["reason"]));
    }

    [Fact]
    public void The_rest_is_told_in_its_own_words()
    {
        Assert.Equal("smaller", (string?)Body(Story.Of(Level("ana")).When(new Command.RequestChanges("smaller") { By = Human("ana") }), "approval.changes_requested")["comment"]);
        Assert.Equal("2026-03-04T09:00:00Z", (string?)Body(Story.Of(Level("ana") with { RemindAfter = [TimeSpan.FromHours(1)] }).Hours(1).Remind(), "approval.reminded")["dueAt"]);
        Assert.Equal(1, (int)Body(Story.Of(Level("ana")).Hours(48).TimeOut(), "approval.expired")["level"]!);
        Assert.Equal("olga", (string?)Body(Story.Of(Level("ana")).Reject("ana").Override(), "approval.overridden")["overriddenBy"]);
        Assert.Equal("hm", (string?)Body(Story.Of(Level("ana")).When(new Command.AddComment("hm") { By = Human("rita") }), "approval.comment_added")["comment"]);
        var late = Story.Of(Level("ana") with { RespondWithin = TimeSpan.FromDays(30) }).Hours(168).When(new Command.ReportOverdue { By = Actor.System });
        Assert.Equal(168, (double)Body(late, "approval.overdue")["completeWithinHours"]!);
        var done = Story.Of(Level("ana")).Approve("ana").When(new Command.ClaimGrant(Hash, "x1") { By = Human("rita") });
        Assert.Empty(done.Last.Outbox);
        Assert.Equal("succeeded", (string?)Body(done.When(new Command.ReportExecution("x1", true) { By = Human("rita") }), "approval.executed")["outcome"]);
    }

    [Fact]
    public void A_resubmission_is_a_request_again()
    {
        var story = Story.Of(Level("ana")).When(new Command.RequestChanges(null) { By = Human("ana") }).When(new Command.Resubmit("bb") { By = Human("rita") });
        Assert.Equal((true, "bb"), ((bool)Body(story, "approval.requested")["resubmitted"]!, (string?)Body(story, "approval.requested")["payloadHash"]));
    }
}
