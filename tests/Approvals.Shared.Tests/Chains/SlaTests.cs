using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class SlaTests
{
    [Fact]
    public void A_level_is_due_after_its_time_to_respond()
    {
        Assert.Equal(Start.AddHours(48), Story.Of(Level("ana")).Level(1).DueAt);
        var calendar = new BusinessCalendar { TimeZone = "UTC" };
        var story = Story.Of(Level("ana") with { RespondWithin = TimeSpan.FromHours(10), Calendar = calendar, RemindAfter = [TimeSpan.FromHours(9)] });
        Assert.Equal(Start.AddDays(1).AddHours(2), story.Level(1).DueAt);
        Assert.Equal(Start.AddDays(1).AddHours(1), Assert.Single(story.Level(1).RemindersDue));
    }

    [Fact]
    public void A_level_of_working_days_is_due_on_a_working_day()
    {
        var level = Level("ana") with
        {
            RespondWithin = TimeSpan.FromDays(2),
            RespondWithinDays = 2,
            RemindAfter = [TimeSpan.FromHours(9)],
            RemindAfterDays = [1],
            Calendar = new BusinessCalendar { TimeZone = "UTC" },
        };
        // The story starts as the office opens, on a Monday: two days end as it closes on Tuesday.
        var story = Story.Of(level);
        Assert.Equal(Start.AddDays(1).AddHours(8), story.Level(1).DueAt);
        Assert.Equal([Start.AddHours(8), Start.AddDays(1).AddHours(1)], story.Level(1).RemindersDue.AsEnumerable());
        story.Reject("ana", "no").Override("olga", "yes").Then(RequestStatus.InReview);
        Assert.Equal(Start.AddDays(1).AddHours(8), story.Level(1).DueAt);
    }

    [Fact]
    public void A_time_out_before_its_time_or_after_the_decision_does_nothing()
    {
        var story = Story.Of(Level("ana") with { OnTimeout = TimeoutAction.Expire });
        story.TimeOut().Says();
        story.Hours(49).Approve("ana").TimeOut().Says().Then(RequestStatus.Approved);
    }

    [Fact]
    public void A_decision_that_comes_after_the_due_time_but_before_the_timer_counts() =>
        Story.Of(Level("ana")).Hours(49).Approve("ana").Then(RequestStatus.Approved);

    [Fact]
    public void The_escalation_target_takes_the_level_over()
    {
        var story = Story.Of(Level("ana", "bo") with { EscalateTo = ["user:zoe", "user:rita"] }).Approve("ana").Hours(48).TimeOut();
        story.Says("Escalated", "LevelEntered").Then(RequestStatus.InReview);
        Assert.Equal((LevelStatus.Escalated, 1, Start.AddHours(96)), (story.Level(1).Status, story.Level(1).Escalations, story.Level(1).DueAt));
        Assert.Equal("zoe:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.NotAuthorized);
        story.Approve("zoe").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Without_targets_of_its_own_a_level_escalates_to_the_next_levels_approvers()
    {
        var story = Story.Of(Level("ana"), Level("bo")).Hours(48).TimeOut();
        Assert.Equal("bo:waiting", story.Places(1));
        story.Approve("bo");
        Assert.Equal(2, story.State.CurrentLevel);
    }

    [Fact]
    public void After_the_last_escalation_the_request_expires()
    {
        var level = Level("ana") with { EscalateTo = ["user:zoe"], MaxEscalations = 2 };
        var story = Story.Of(level).Hours(48).TimeOut().Hours(48).TimeOut().Then(RequestStatus.InReview).Hours(48).TimeOut().Says("Expired");
        Assert.Equal((RequestStatus.Expired, LevelStatus.Expired), (story.Status, story.Level(1).Status));
        Story.Of(level with { MaxEscalations = 0 }).Hours(48).TimeOut().Then(RequestStatus.Expired);
    }

    [Fact]
    public void Where_there_is_nobody_to_escalate_to_the_request_expires()
    {
        Story.Of(Level("ana")).Hours(48).TimeOut().Then(RequestStatus.Expired);
        Story.Of(Level("ana") with { EscalateTo = ["user:rita"], OnTimeout = TimeoutAction.Escalate }).Hours(48).TimeOut().Then(RequestStatus.Expired);
    }

    [Fact]
    public void A_level_may_expire_or_reject_on_timeout()
    {
        Story.Of(Level("ana") with { EscalateTo = ["user:zoe"], OnTimeout = TimeoutAction.Expire }).Hours(48).TimeOut().Then(RequestStatus.Expired);
        var story = Story.Of(Level("ana") with { OnTimeout = TimeoutAction.Reject }).Hours(48).TimeOut().Then(RequestStatus.Rejected);
        var rejected = story.Event<ChainEvent.Rejected>();
        Assert.Equal(("system", "No response in time", true), (rejected.By.Id, rejected.Reason, rejected.Final));
        Assert.Equal("ana:waiting", story.Places(1));
    }

    [Fact]
    public void A_level_approved_on_timeout_says_so_and_counts_as_automatic()
    {
        var story = Story.Of(Level("ana") with { OnTimeout = TimeoutAction.AutoApprove }, Level("bo")).Hours(48).TimeOut();
        story.Says("AutoApproved", "LevelApproved", "LevelEntered");
        Assert.Equal("auto-approved on timeout", story.Event<ChainEvent.AutoApproved>().Rule);
        Assert.Equal(1, story.State.AutomaticDecisions);
    }

    [Fact]
    public void What_may_not_be_automatic_escalates_or_expires_on_timeout()
    {
        var level = Level("ana") with { OnTimeout = TimeoutAction.AutoApprove, HumanOnly = true };
        Story.Of(level).Hours(48).TimeOut().Then(RequestStatus.Expired);
        Story.Of(level with { EscalateTo = ["user:zoe"] }).Hours(48).TimeOut().Says("Escalated", "LevelEntered");

        var sixth = Enumerable.Repeat(Level("ana") with { OnTimeout = TimeoutAction.AutoApprove }, 6).ToArray();
        var story = Story.Of(sixth).LetTimePass(Start.AddHours(48 * 5)).Then(RequestStatus.InReview);
        Assert.Equal((6, 5), (story.State.CurrentLevel, story.State.AutomaticDecisions));
        story.LetTimePass(Start.AddHours(48 * 9)).Then(RequestStatus.Expired);
    }

    [Fact]
    public void A_timer_that_leads_to_a_level_without_people_expires_the_request()
    {
        var story = Story.Of(Level("ana") with { OnTimeout = TimeoutAction.AutoApprove }, Level("rita")).Hours(48).TimeOut();
        story.Says("AutoApproved", "LevelApproved", "Expired").Then(RequestStatus.Expired);
        Assert.Equal((2, LevelStatus.Expired), (story.State.CurrentLevel, story.Level(2).Status));
        Assert.Null(Schedule.Next(story.State));
    }

    [Fact]
    public void Reminders_that_are_due_go_out_as_one()
    {
        var story = Story.Of(Level("ana") with { RemindAfter = [TimeSpan.FromHours(4), TimeSpan.FromHours(2), TimeSpan.FromHours(47), TimeSpan.FromHours(48)] });
        Assert.Equal([Start.AddHours(2), Start.AddHours(4), Start.AddHours(47)], story.Level(1).RemindersDue.AsEnumerable());
        story.Hours(1).Remind().Says();
        story.Hours(4).Remind().Says("Reminded").Remind().Says();
        Assert.Equal(new DueItem(Start.AddHours(47), DueKind.Remind), Schedule.Next(story.State));
        story.Approve("ana").Hours(50).Remind().Says();
    }

    [Fact]
    public void The_administrators_are_told_once_that_the_whole_request_is_overdue()
    {
        var story = Story.Of(Level("ana") with { RespondWithin = TimeSpan.FromDays(30) });
        Assert.Equal(new DueItem(Start.AddHours(168), DueKind.Overdue), Schedule.Next(story.State));
        var report = new Command.ReportOverdue { By = Actor.System };
        story.When(report).Says().Hours(168).When(report).Says("OverdueReported").When(report).Says().Then(RequestStatus.InReview);
    }

    [Fact]
    public void Nothing_is_due_of_drafts_of_what_waits_for_changes_or_is_over()
    {
        Assert.Null(Schedule.Next(Story.Of(Create(Level("ana")), submit: false).State));
        Assert.Null(Schedule.Next(Story.Of(Level("ana")).When(new Command.RequestChanges("x") { By = Human("ana") }).State));
        Assert.Null(Schedule.Next(Story.Of(Level("ana")).Approve("ana").State));
        Assert.Null(Schedule.Next(Story.Of(Level("ana")).Reject("ana").State));
        Assert.Null(Schedule.Next(Story.Of(Level("ana")).When(new Command.Withdraw { By = Human("rita") }).State));
    }

    [Fact]
    public void Clocks_are_the_services_own()
    {
        var story = Story.Of(Level("ana")).Hours(500);
        story.Refuses(new Command.Remind { By = Human("ana") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.TimeOut(new LevelResolution { Level = 1 }) { By = Human("ana") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.ReportOverdue { By = Agent("bot") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.AbandonExecution { By = Human("rita") }, RefusalCode.NotAuthorized);
    }

    [Fact]
    public void A_year_of_neglect_comes_to_an_end()
    {
        var level = Level("ana") with { EscalateTo = ["user:zoe"], RemindAfter = [TimeSpan.FromHours(24), TimeSpan.FromHours(40)], MaxEscalations = 3 };
        var story = Story.Of(level, Level("bo")).LetTimePass(Start.AddYears(1)).Then(RequestStatus.Expired);
        Assert.Equal(8, story.History.OfType<ChainEvent.Reminded>().Count());
        Assert.Equal(3, story.History.OfType<ChainEvent.Escalated>().Count());
        Assert.Single(story.History.OfType<ChainEvent.OverdueReported>());
    }
}
