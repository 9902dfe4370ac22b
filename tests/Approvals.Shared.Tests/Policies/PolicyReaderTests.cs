using Approvals.Chains.Levels;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Policies;

/// <summary>What a policy may say.</summary>
public sealed class PolicyReaderTests
{
    /// <summary>The vendor bill policy of the design, as written there.</summary>
    private const string VendorBills = """
        { "tenant": "contoso", "key": "purchasing.vendorBill.post", "name": "Vendor bills", "actionTypes": ["purchasing.vendorBill.post"], "when": "payload.amount > 5000 || payload.vendor.isNew", "priority": 100,
        "levels": [ { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any", "respondWithin": "48h" }, { "name": "Finance", "approvers": ["role:finance-manager"], "strategy": "quorum", "quorum": 2, "when": "payload.amount > 50000", "onTimeout": "escalate", "escalateTo": ["user:cfo"] } ] }
        """;

    private const string Everything = """
        {
          "key": "a-1.b_2", "name": "Everything", "description": "All that can be said", "actionTypes": ["a.b", "c.*", "*"],
          "when": "payload.amount > 1", "priority": -5, "distinctApprovers": true, "completeWithin": "7d", "grantValidFor": "90s",
          "sensitive": ["payload.iban", "payload.lines.*.price"], "titleTemplate": "Bill {payload.number}", "watchers": ["role:auditor"],
          "levels": [
            { "name": "One", "approvers": ["user:ana", "role:finance manager", "group:legal", "manager^2:requester", "field:payload.owner.id"],
              "strategy": "quorum", "quorum": "50%", "rejection": "whenUnreachable", "when": "actor.type == \"agent\"",
              "autoApprove": [{ "when": "payload.amount < 10" }, { "when": "\"vip\" in actor.roles" }],
              "respondWithin": "30m", "remindAfter": ["20m", "10m"], "calendar": "office", "onTimeout": "autoApprove",
              "escalateTo": ["user:cfo"], "maxEscalations": 3 },
            { "groups": [ { "name": "Finance", "approvers": ["group:finance"], "strategy": "any" }, { "name": "Legal", "approvers": ["group:legal"], "strategy": "quorum", "quorum": 2 } ],
              "humanOnly": true, "onTimeout": "reject",
              "calendar": { "workDays": ["sat", "mon"], "hours": "08:30-24:00", "holidays": ["2026-12-25"], "timeZone": "Europe/Berlin" } }
          ]
        }
        """;

    private static readonly TenantSettings Settings = World.Settings with
    {
        TimeZone = "Europe/Berlin",
        Calendars = World.Settings.Calendars.Add("office", new BusinessCalendar { TimeZone = "Asia/Tokyo" }),
    };

    [Fact]
    public void The_designs_own_policy_reads_as_written()
    {
        var policy = World.Read(VendorBills);

        Assert.Equal(("purchasing.vendorBill.post", "Vendor bills", 100), (policy.Key, policy.Name, policy.Priority));
        Assert.Equal("payload.amount > 5000 || payload.vendor.isNew", policy.When);
        var (manager, finance) = (policy.Levels[0], policy.Levels[1]);
        Assert.Equal<string?>(["manager:requester"], manager.Groups[0].Approvers);
        Assert.Equal((Strategy.Any, TimeSpan.FromHours(48), (TimeoutAction?)null), (manager.Groups[0].Strategy, manager.RespondWithin, manager.OnTimeout));
        Assert.Equal((Strategy.Quorum, new Quorum(2, false)), (finance.Groups[0].Strategy, finance.Groups[0].Quorum));
        Assert.Equal(TimeoutAction.Escalate, finance.OnTimeout);
        Assert.Equal<string?>(["user:cfo"], finance.EscalateTo);
        Assert.Equal("payload.amount > 50000", finance.When);
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        Assert.True(PolicyReader.TryRead(World.Json(Everything), Settings, out var policy, out var errors), string.Join("; ", errors));

        Assert.True(policy.DistinctApprovers);
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromSeconds(90), -5), (policy.CompleteWithin, policy.GrantValidFor, policy.Priority));
        Assert.Equal<string?>(["payload.iban", "payload.lines.*.price"], policy.Sensitive);
        var (one, two) = (policy.Levels[0], policy.Levels[1]);
        Assert.Equal(new Quorum(50, true), one.Groups[0].Quorum);
        Assert.Equal(RejectionRule.WhenUnreachable, one.Rejection);
        Assert.Equal<string?>(["payload.amount < 10", "\"vip\" in actor.roles"], one.AutoApprove);
        Assert.Equal<TimeSpan>([TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20)], one.RemindAfter);
        Assert.Equal((TimeoutAction.AutoApprove, 3, "Asia/Tokyo"), (one.OnTimeout, one.MaxEscalations, one.Calendar?.TimeZone));
        Assert.Equal<string?>(["Finance", "Legal"], two.Groups.Select(group => group.Name));
        Assert.Equal(("Level 2", true, TimeoutAction.Reject), (two.Name, two.HumanOnly, two.OnTimeout));
        Assert.Equal<DayOfWeek>([DayOfWeek.Monday, DayOfWeek.Saturday], two.Calendar!.WorkDays);
        Assert.Equal((new TimeOnly(8, 30), TimeOnly.MinValue), (two.Calendar.Opens, two.Calendar.Closes));
        Assert.Equal<DateOnly>([new DateOnly(2026, 12, 25)], two.Calendar.Holidays);
    }

    [Theory]
    [InlineData(VendorBills)]
    [InlineData(Everything)]
    public void What_is_written_reads_the_same_without_the_tenants_calendars(string text)
    {
        Assert.True(PolicyReader.TryRead(World.Json(text), Settings, out var policy, out _));
        var written = PolicyWriter.Write(policy);

        Assert.True(PolicyReader.TryRead(written, World.Settings, out var again, out var errors), string.Join("; ", errors));
        Assert.Equal(written, PolicyWriter.Write(again));
        Assert.Equal(policy.Levels[^1].Calendar?.TimeZone, again.Levels[^1].Calendar?.TimeZone);
    }

    [Fact]
    public void A_human_only_level_may_carry_rules_that_never_act()
    {
        var policy = World.Read("""{"key":"k","name":"K","actionTypes":["a"],"levels":[{"approvers":["user:ana"],"humanOnly":true,"autoApprove":[{"when":"true"}],"onTimeout":"autoApprove"}]}""");

        Assert.Equal((true, 1, TimeoutAction.AutoApprove), (policy.Levels[0].HumanOnly, policy.Levels[0].AutoApprove.Length, policy.Levels[0].OnTimeout));
    }

    [Fact]
    public void Defaults_are_the_designs()
    {
        var policy = World.Read("""{"key":"k","name":"K","actionTypes":["a"],"levels":[{"name":"L","approvers":["user:ana"]}]}""");

        Assert.Equal((0, false, TimeSpan.FromHours(168), TimeSpan.FromHours(24)), (policy.Priority, policy.DistinctApprovers, policy.CompleteWithin, policy.GrantValidFor));
        var level = policy.Levels[0];
        Assert.Equal((Strategy.All, RejectionRule.Veto, 1), (level.Groups[0].Strategy, level.Rejection, level.MaxEscalations));
        Assert.Equal(TimeSpan.FromHours(48), level.RespondWithin);
        Assert.Null(level.Calendar);
        Assert.Null(level.OnTimeout);
    }

    [Fact]
    public void A_calendar_without_a_time_zone_has_the_tenants()
    {
        var levels = World.Json("""[{"approvers":["user:ana"],"calendar":{"hours":"10:00-16:00"}}]""");

        Assert.True(LevelReader.TryRead(levels, Settings, "/levels", out var read, out _));
        Assert.Equal("Europe/Berlin", read[0].Calendar!.TimeZone);
        Assert.Equal(5, read[0].Calendar!.WorkDays.Length);
    }
}
