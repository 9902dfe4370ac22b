using Approvals.Chains;
using Approvals.Testing;

namespace Approvals.Shared.Tests.Notifications;

public sealed class MessagePlanTests
{
    [Fact]
    public async Task Approvers_of_the_entered_level_are_asked_and_watchers_told()
    {
        var office = new Office();
        await office.StartAsync();
        Assert.Equal(["ana?: Approval needed: Buy a desk", "wim: Requested: Buy a desk"], await office.MessagesAsync());
    }

    [Fact]
    public async Task The_delegate_is_asked_and_the_delegator_told()
    {
        var office = new Office(Contoso.AnaToDan);
        await office.StartAsync();
        Assert.Equal(
            ["ana: Dan acts for you: Buy a desk", "dan?: Approval needed: Buy a desk", "wim: Requested: Buy a desk"],
            (await office.MessagesAsync()).Order());
        var (_, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[0].Event, default);
        Assert.EndsWith("You are asked for Ana.", messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_a_delegation_is_over_the_delegator_is_reminded_and_not_the_delegate()
    {
        var begin = new Office().Time.GetUtcNow();
        var office = new Office(Contoso.AnaToDan with { Until = begin.AddHours(1) });
        await office.StartAsync(levels: Contoso.Level("Manager", "ana") with { RemindAfter = [TimeSpan.FromHours(2)] });
        Assert.Contains("dan?: Approval needed: Buy a desk", await office.MessagesAsync());
        var before = office.Engine.Outbox.Records.Length;
        office.Time.Advance(TimeSpan.FromHours(2));
        await office.SendAsync("system", by => new Command.Remind { By = by });
        Assert.Equal("ana?: Reminder: Buy a desk", Assert.Single(await office.MessagesAsync(before)));
    }

    [Fact]
    public async Task After_a_level_the_next_is_asked_and_at_the_end_the_requester_is_told_once()
    {
        var office = new Office();
        await office.StartAsync();
        var before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("ana", by => new Command.Approve { By = by });
        Assert.Equal(["cleo?: Approval needed: Buy a desk", "wim: Level approved: Buy a desk"], await office.MessagesAsync(before));

        before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("cleo", by => new Command.Approve { By = by });
        Assert.Equal(
            ["rita: Approved: Buy a desk", "wim: Approved: Buy a desk", "wim: Level approved: Buy a desk"], (await office.MessagesAsync(before)).Order());
    }

    [Fact]
    public async Task A_rejection_is_told_with_its_reason_and_an_override_asks_again()
    {
        var office = new Office();
        await office.StartAsync();
        var before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("ana", by => new Command.Reject("Too dear") { By = by });
        Assert.Equal(["rita: Rejected: Buy a desk", "wim: Rejected: Buy a desk"], await office.MessagesAsync(before));

        before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("olga", by => new Command.Override("There is money") { By = by with { Roles = ["approvals.override"] } });
        Assert.Equal(["ana?: Open again: Buy a desk", "rita: Open again: Buy a desk", "wim: Open again: Buy a desk"], await office.MessagesAsync(before));
    }

    [Fact]
    public async Task Everybody_involved_is_told_of_a_withdrawal()
    {
        var office = new Office();
        await office.StartAsync();
        await office.SendAsync("ana", by => new Command.Approve { By = by });
        var before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("rita", by => new Command.Withdraw("Not needed") { By = by });
        Assert.Equal(
            ["ana: Withdrawn: Buy a desk", "cleo: Withdrawn: Buy a desk", "wim: Withdrawn: Buy a desk"], (await office.MessagesAsync(before)).Order());
    }

    [Fact]
    public async Task Changes_comments_and_reassignments_reach_those_concerned()
    {
        var office = new Office();
        await office.StartAsync();
        var before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("olga", by => new Command.AddComment("Which one?") { By = by });
        Assert.Equal(
            ["ana: Olga commented: Buy a desk", "rita: Olga commented: Buy a desk", "wim: Olga commented: Buy a desk"], (await office.MessagesAsync(before)).Order());

        before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("ana", by => new Command.Reassign(null, null, new Candidate("dan"), "Busy") { By = by });
        Assert.Equal(["dan?: Approval needed: Buy a desk"], await office.MessagesAsync(before));

        before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("dan", by => new Command.RequestChanges("Smaller") { By = by });
        Assert.Equal(["rita: Changes requested: Buy a desk", "wim: Changes requested: Buy a desk"], await office.MessagesAsync(before));
    }

    [Fact]
    public async Task Administrators_hear_of_what_is_overdue_and_approvers_are_reminded()
    {
        var office = new Office();
        await office.StartAsync(levels: Contoso.Level("Manager", "ana") with { RemindAfter = [TimeSpan.FromHours(1)] });
        var before = office.Engine.Outbox.Records.Length;
        office.Time.Advance(TimeSpan.FromHours(1));
        await office.SendAsync("system", by => new Command.Remind { By = by });
        Assert.Equal(["ana?: Reminder: Buy a desk"], await office.MessagesAsync(before));

        before = office.Engine.Outbox.Records.Length;
        office.Time.Advance(TimeSpan.FromHours(168));
        await office.SendAsync("system", by => new Command.ReportOverdue { By = by });
        Assert.Equal(["olga: Overdue: Buy a desk"], await office.MessagesAsync(before));
    }

    [Fact]
    public async Task Administrators_hear_of_an_execution_whose_result_never_came()
    {
        var office = new Office();
        await office.StartAsync(levels: Contoso.Level("Manager", "ana"));
        await office.SendAsync("ana", by => new Command.Approve { By = by });
        var state = (await office.Engine.FindAsync("contoso", "r1", default))!.State;
        await office.SendAsync("rita", by => new Command.ClaimGrant(state.PayloadHash, "x1") { By = by });
        var before = office.Engine.Outbox.Records.Length;
        office.Time.Advance(TimeSpan.FromDays(1));
        await office.SendAsync("system", by => new Command.AbandonExecution { By = by });
        Assert.Equal(
            ["rita: Execution unknown: Buy a desk", "olga: Execution unknown: Buy a desk", "wim: Execution unknown: Buy a desk"], await office.MessagesAsync(before));

        before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("rita", by => new Command.ReportExecution("x1", Succeeded: true) { By = by });
        Assert.Equal(["rita: Executed: Buy a desk", "wim: Executed: Buy a desk"], await office.MessagesAsync(before));
    }

    [Theory]
    [InlineData(1, "within 1 second.")]
    [InlineData(90 * 60, "within 1.5 hours.")]
    [InlineData(600, "within 10 minutes.")]
    public async Task Given_a_short_time_when_it_runs_out_then_it_is_told_in_its_own_unit(int seconds, string said)
    {
        var office = new Office();
        var within = TimeSpan.FromSeconds(seconds);
        await office.StartAsync(levels: [Contoso.Level("Manager", "ana") with { RespondWithin = within }]);
        office.Time.Advance(within);
        await office.SendAsync("system", by => new Command.TimeOut(new LevelResolution { Level = 1, EscalationTargets = [new Candidate("cleo")] }) { By = by });

        var (_, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[^1].Event, default);
        Assert.Contains(said, messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_timeout_when_it_escalates_then_the_targets_are_asked_at_that_level()
    {
        var office = new Office();
        await office.StartAsync();
        var before = office.Engine.Outbox.Records.Length;
        office.Time.Advance(TimeSpan.FromHours(48));
        await office.SendAsync("system", by => new Command.TimeOut(new LevelResolution { Level = 1, EscalationTargets = [new Candidate("cleo")] }) { By = by });
        Assert.Equal(
            ["cleo?: Escalated to you: Buy a desk", "rita: Escalated: Buy a desk", "wim: Escalated: Buy a desk"], await office.MessagesAsync(before));
        var (_, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[before].Event, default);
        Assert.Equal((1, true), (messages[0].AskedAt, messages[0].Urgent));
        Assert.Equal(office.Time.GetUtcNow().AddHours(48), messages[0].DueAt);
    }

    [Fact]
    public async Task Nobody_is_asked_twice_for_levels_that_were_passed_on_the_way()
    {
        var office = new Office();
        await office.StartAsync(levels: [Contoso.Level("Auto", "ana") with { AutoApprove = ["payload.amount < 10"] }, Contoso.Level("Finance", "cleo")]);
        Assert.Equal(
            ["cleo?: Approval needed: Buy a desk", "wim: Level approved: Buy a desk", "wim: Requested: Buy a desk"], (await office.MessagesAsync()).Order());
    }

    [Fact]
    public async Task An_agent_that_asked_is_told_nothing()
    {
        var office = new Office();
        var start = Contoso.Request("r1", office.Time.GetUtcNow());
        var bot = office.Engine.Caller("bot").Actor;
        var create = start.Create with { Command = ((Command.Create)start.Create.Command) with { By = bot }, Snapshot = start.Create.Snapshot! with { Requester = bot } };
        await office.Engine.StartAsync(start with { Create = create }, default);
        var before = office.Engine.Outbox.Records.Length;
        await office.SendAsync("ana", by => new Command.Reject("No") { By = by });
        Assert.Equal(["wim: Rejected: Buy a desk"], await office.MessagesAsync(before));
    }
}
