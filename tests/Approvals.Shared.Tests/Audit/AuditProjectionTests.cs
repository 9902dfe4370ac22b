using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Tests.Chains;
using Approvals.Values;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Audit;

public sealed class AuditProjectionTests
{
    private static string Details(AuditDraft entry) => Value.Map(entry.Details).ToString();

    [Fact]
    public void Every_entry_names_the_request_what_it_is_about_and_the_policy()
    {
        var story = Story.Of(Level("ana")).Approve("ana");
        Assert.All(story.Last.Audit, entry =>
        {
            Assert.Equal(("contoso", "r1", "order:PO-7", "purchasing.order.place"), (entry.Tenant, entry.RequestId, entry.Subject?.ToString(), entry.ActionType));
            Assert.Equal(("purchasing", 3, AuditOutcome.Ok), (entry.Policy?.Key, entry.Policy?.Version, entry.Outcome));
        });
    }

    [Fact]
    public void The_request_is_recorded_with_its_payloads_hash_and_snapshot()
    {
        var entry = Story.Of(Level("ana")).Last.Audit[0];
        Assert.Equal(("requested", Hash, """{"levels":1,"origin":"gate","snapshot":1}"""), (entry.Action, entry.PayloadHash, Details(entry)));
        Assert.Equal("RITA", entry.Actor.Name);
        var story = Story.Of(Level("ana")).When(new Command.RequestChanges("smaller") { By = Human("ana") });
        Assert.Equal(("changes_requested", "smaller"), (story.Last.Audit[0].Action, story.Last.Audit[0].Reason));
        entry = story.When(new Command.Resubmit("bb") { By = Human("rita") }).Last.Audit[0];
        Assert.Equal(("resubmitted", "bb", """{"snapshot":2}"""), (entry.Action, entry.PayloadHash, Details(entry)));
    }

    [Fact]
    public void An_entered_level_is_recorded_with_who_is_asked_and_until_when()
    {
        var entry = Story.Of(Create(Level("ana", "bo")), desk => desk.Delegates["bo"] = "cy").Last.Audit[2];
        Assert.Equal(("level_entered", ActorType.System), (entry.Action, entry.Actor.Type));
        Assert.Equal("""{"approvers":["ana","bo (cy)"],"dueAt":"2026-03-04T09:00:00Z","level":1}""", Details(entry));
    }

    [Fact]
    public void A_decision_is_the_humans_and_names_for_whom_with_which_words_about_which_payload()
    {
        var story = Story.Of(Level("ana", "bo")).When(new Command.Approve("fine") { By = Human("cy"), ActsFor = ["ana"] });
        var entry = Assert.Single(story.Last.Audit);
        Assert.Equal(("approved", "cy", "CY", "ana", "fine", Hash), (entry.Action, entry.Actor.Id, entry.Actor.Name, entry.OnBehalfOf, entry.Reason, entry.PayloadHash));
        entry = Assert.Single(story.Reject("bo", "too dear").Last.Audit);
        Assert.Equal(("rejected", "too dear", """{"final":true,"level":1}"""), (entry.Action, entry.Reason, Details(entry)));
    }

    [Fact]
    public void What_the_system_does_within_a_persons_command_is_the_systems()
    {
        var story = Story.Of(Create(Level("ana"), Level("bo"), Level("cleo")), desk =>
        {
            desk.Skipped.Add(2);
            desk.AutoApproved[3] = "payload.amount < 10";
        });
        story.Approve("ana");
        Assert.Equal(
            ["approved:ana", "level_approved:system", "level_skipped:system", "auto_approved:system", "level_approved:system", "completed:system"],
            story.Last.Audit.Select(entry => $"{entry.Action}:{entry.Actor.Id}"));
        Assert.Equal("""{"level":3,"rule":"payload.amount < 10"}""", Details(story.Last.Audit[3]));
        Assert.Equal("""{"grantExpiresAt":"2026-03-03T09:00:00Z"}""", Details(story.Last.Audit[5]));
    }

    [Fact]
    public void Time_is_recorded_as_the_systems_doing()
    {
        var story = Story.Of(Level("ana") with { EscalateTo = ["user:zoe"], RemindAfter = [TimeSpan.FromHours(1)] }).Hours(1).Remind();
        Assert.Equal(("reminded", "system"), (story.Last.Audit[0].Action, story.Last.Audit[0].Actor.Id));
        story.Hours(47).TimeOut();
        Assert.Equal(["escalated", "level_entered"], story.Last.Audit.Select(entry => entry.Action));
        Assert.Equal("""{"level":1,"targets":["zoe"],"timedOut":true}""", Details(story.Last.Audit[0]));
        Assert.Equal(("expired", "system"), (story.Hours(48).TimeOut().Last.Audit[0].Action, story.Last.Audit[0].Actor.Id));
    }

    [Fact]
    public void A_refusal_has_the_commands_word_and_its_code()
    {
        var entry = Assert.Single(Story.Of(Level("ana")).Refuses(new Command.Approve { By = Human("rita") }, RefusalCode.SelfApproval).Last.Audit);
        Assert.Equal(("approved", "refused", RefusalCode.SelfApproval, "rita"), (entry.Action, entry.Outcome, entry.Code, entry.Actor.Id));
        Assert.False(string.IsNullOrEmpty(entry.Reason));
    }

    [Fact]
    public void A_failed_execution_is_recorded_as_failed()
    {
        var story = Story.Of(Level("ana")).Approve("ana").When(new Command.ClaimGrant(Hash, "x1") { By = Human("rita") });
        Assert.Equal(("execution_claimed", """{"executionId":"x1"}"""), (story.Last.Audit[0].Action, Details(story.Last.Audit[0])));
        var entry = story.When(new Command.ReportExecution("x1", false) { By = Human("rita") }).Last.Audit[0];
        Assert.Equal(("execution_reported", "failed", """{"executionId":"x1","result":"failed"}"""), (entry.Action, entry.Outcome, Details(entry)));
    }

    [Fact]
    public void Every_event_and_command_has_a_word()
    {
        var words = typeof(AuditAction).GetFields().Select(field => (string)field.GetValue(null)!).ToHashSet();
        Assert.All(Matrix.Commands, command => Assert.Contains(AuditWords.Of(command), words));
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 200).SelectMany(_ => Enumerable.Range(0, 30).Aggregate(RandomStory.Begin(random.Next()), (story, _) => story.Play(random.Next())).History),
            happened => Assert.Contains(AuditWords.Of(happened), words));
    }
}
