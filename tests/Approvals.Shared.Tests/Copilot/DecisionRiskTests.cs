using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Copilot;

/// <summary>What decisions give away: too fast, too late in the day, one's own, set aside again, or none at all.</summary>
public sealed class DecisionRiskTests
{
    private const string Hasty = "Decisions faster than reading";
    private const string Own = "Attempts to decide one's own request";
    private const string Late = "Decisions outside working hours";
    private const string Idle = "Approver idle for long";
    private const string Overrides = "Repeated overrides";

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    public void An_approval_within_seconds_of_being_asked_is_hasty(int seconds, int found) => Assert.Equal(found, (Period.Empty with
    {
        Entered = [Period.Entry(AuditAction.LevelEntered, World.Now, "system")],
        Decisions = [Period.Entry(AuditAction.Approved, World.Now.AddSeconds(seconds))],
    }).Found(Hasty).Length);

    [Fact]
    public void Reading_begins_after_the_decision_before()
    {
        var asked = World.Now.AddHours(-2);
        var scope = Period.Empty with
        {
            Entered = [Period.Entry(AuditAction.LevelEntered, asked, request: "r1"), Period.Entry(AuditAction.LevelEntered, asked, request: "r2")],
            Decisions = [Period.Entry(AuditAction.Approved, World.Now, request: "r1"), Period.Entry(AuditAction.Approved, World.Now.AddSeconds(2), request: "r2")],
        };
        var card = Assert.Single(scope.Found(Hasty));
        Assert.StartsWith("r2: 2 s", Assert.Single(card.Why), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_payload_takes_longer_to_read()
    {
        var scope = Period.Empty with
        {
            Calls = [Period.Call(5, vendor: new string('x', 1000), request: "r1")],
            Entered = [Period.Entry(AuditAction.LevelEntered, World.Now)],
            Decisions = [Period.Entry(AuditAction.Approved, World.Now.AddSeconds(30))],
        };
        Assert.Single(scope.Found(Hasty));
        Assert.Empty((scope with { Calls = [] }).Found(Hasty));
    }

    [Fact]
    public void A_refused_attempt_to_decide_ones_own_is_found_and_another_refusal_is_not()
    {
        var card = Assert.Single((Period.Empty with { Decisions = [Period.Entry(AuditAction.Approved, World.Now, "rae", code: RefusalCode.SelfApproval)] }).Found(Own));
        Assert.Equal(1, card.Confidence);
        Assert.Empty((Period.Empty with { Decisions = [Period.Entry(AuditAction.Approved, World.Now, "rae", code: RefusalCode.NotAuthorized)] }).Found(Own));
    }

    [Theory]
    [InlineData("2026-03-02T19:59:00Z", 0)]
    [InlineData("2026-03-02T20:00:00Z", 1)]
    [InlineData("2026-03-07T12:00:00Z", 1)] // a Saturday
    public void A_decision_at_night_or_on_a_free_day_is_found(string at, int found) =>
        Assert.Equal(found, (Period.Empty with { Decisions = [Period.Entry(AuditAction.Approved, At(at))] }).Found(Late).Length);

    [Theory]
    [InlineData("2026-03-02T21:30:00Z", 0)] // 16:30 in New York
    [InlineData("2026-03-02T22:00:00Z", 1)]
    public void The_tenants_own_calendar_and_time_zone_count(string at, int found)
    {
        var tenant = Period.Empty.Tenant;
        var settings = tenant.Settings with { Calendars = tenant.Settings.Calendars.Add("office", new BusinessCalendar { TimeZone = "America/New_York" }) };
        var scope = Period.Empty with { Tenant = tenant with { Settings = settings }, Decisions = [Period.Entry(AuditAction.Rejected, At(at))] };
        Assert.Equal(found, scope.Found(Late).Length);
    }

    [Fact]
    public void Who_was_asked_days_ago_and_decided_nothing_is_idle()
    {
        var asked = Asked(World.Now.AddDays(-10), "mo (fay)");
        var card = Assert.Single((Period.Empty with { To = World.Now, Entered = [asked] }).Found(Idle));
        Assert.StartsWith("fay", card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_decided_since_or_whose_level_ended_or_who_was_asked_lately_is_not()
    {
        var asked = Asked(World.Now.AddDays(-10), "mo");
        var scope = Period.Empty with { To = World.Now, Entered = [asked] };
        Assert.Empty((scope with { Decisions = [Period.Entry(AuditAction.Rejected, World.Now.AddDays(-2), request: "another")] }).Found(Idle));
        Assert.Empty((scope with { Ended = [Period.Entry(AuditAction.Withdrawn, World.Now.AddDays(-6), "rae")] }).Found(Idle));
        Assert.Empty((scope with { Entered = [Asked(World.Now.AddDays(-4), "mo")] }).Found(Idle));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    public void Three_overrides_by_one_person_are_found(int count, int found) => Assert.Equal(found, (Period.Empty with
    {
        Overrides = [.. Enumerable.Range(0, count).Select(i => Period.Entry(AuditAction.Overridden, World.Now.AddHours(i), request: $"r{i}"))],
    }).Found(Overrides).Length);

    [Fact]
    public void Two_overrides_of_one_request_are_found() => Assert.Single((Period.Empty with
    {
        Overrides = [Period.Entry(AuditAction.Overridden, World.Now, "mo"), Period.Entry(AuditAction.Overridden, World.Now.AddDays(1), "fay")],
    }).Found(Overrides));

    private static AuditFields Asked(DateTimeOffset at, string approver) =>
        Period.Entry(AuditAction.LevelEntered, at, "system", details: $$"""{ "level": 1, "approvers": ["{{approver}}"] }""");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
