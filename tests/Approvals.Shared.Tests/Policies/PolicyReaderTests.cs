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

    [Theory]
    [InlineData("allow", true)]
    [InlineData("fallback", false)]
    public void A_policy_may_let_a_call_pass_that_none_of_its_levels_is_about(string word, bool allows)
    {
        var policy = World.Read($$"""{"key":"k","name":"K","actionTypes":["a"],"whenNoLevelApplies":"{{word}}","levels":[{"approvers":["user:ana"],"when":"false"}]}""");

        Assert.Equal(allows, policy.AllowWhenNoLevelApplies);
        Assert.Equal(allows, World.Read(PolicyWriter.Write(policy).ToString()).AllowWhenNoLevelApplies);
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

        Assert.Equal((0, false, false), (policy.Priority, policy.DistinctApprovers, policy.AllowWhenNoLevelApplies));
        Assert.Equal((TimeSpan.FromHours(168), TimeSpan.FromHours(24)), (policy.CompleteWithin, policy.GrantValidFor));
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

    [Theory]
    [InlineData("\"22:00-06:00\"", "22:00-06:00")]
    [InlineData("[\"22:00-06:00\"]", "22:00-06:00")]
    [InlineData("[\"08:00-12:00\",\"13:00-17:00\"]", "08:00-12:00 13:00-17:00")]
    [InlineData("[\"08:00-12:00\",\"12:00-17:00\",\"22:00-06:00\"]", "08:00-12:00 12:00-17:00 22:00-06:00")]
    [InlineData("[\"06:00-12:00\",\"22:00-06:00\"]", "06:00-12:00 22:00-06:00")]
    [InlineData("[\"08:00-12:00\",\"18:00-24:00\"]", "08:00-12:00 18:00-24:00")]
    [InlineData("\"00:00-24:00\"", "00:00-24:00")]
    [InlineData("\"09:00-09:00\"", null)]
    [InlineData("[]", null)]
    [InlineData("[\"13:00-17:00\",\"08:00-12:00\"]", null)]
    [InlineData("[\"08:00-12:00\",\"11:00-17:00\"]", null)]
    [InlineData("[\"05:00-12:00\",\"22:00-06:00\"]", null)]
    [InlineData("[\"22:00-06:00\",\"08:00-12:00\"]", null)]
    [InlineData("[\"18:00-24:00\",\"08:00-12:00\"]", null)]
    [InlineData("\"9-17\"", null)]
    [InlineData("17", null)]
    public void Hours_are_one_span_or_a_list_in_order(string hours, string? expected)
    {
        var source = World.Json($$$"""{"key":"k","name":"K","actionTypes":["a"],"levels":[{"approvers":["user:ana"],"calendar":{"hours":{{{hours}}}}}]}""");
        if (!PolicyReader.TryRead(source, Settings, out var policy, out var errors))
        {
            Assert.Null(expected);
            Assert.StartsWith("/levels/0/calendar/hours", Assert.Single(errors).Pointer, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, string.Join(' ', policy.Levels[0].Calendar!.Hours.Select(each =>
            each.Opens.ToString("HH:mm-", System.Globalization.CultureInfo.InvariantCulture)
            + (each.Closes == default ? "24:00" : each.Closes.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)))));
        Assert.True(PolicyReader.TryRead(PolicyWriter.Write(policy), Settings, out var again, out _));
        Assert.Equal<WorkingHours>(policy.Levels[0].Calendar!.Hours, again.Levels[0].Calendar!.Hours);
    }

    [Fact]
    public void Holidays_are_of_one_year_or_of_every_year()
    {
        var levels = World.Json("""[{"approvers":["user:ana"],"calendar":{"holidays":["2026-04-03","12-25","02-29"]}}]""");
        Assert.True(LevelReader.TryRead(levels, Settings, "/levels", out var read, out _));
        Assert.Equal<DateOnly>([new DateOnly(2026, 4, 3)], read[0].Calendar!.Holidays);
        Assert.Equal<string>(["02-29", "12-25"], read[0].Calendar!.YearlyHolidays);
        Assert.False(LevelReader.TryRead(World.Json("""[{"approvers":["user:ana"],"calendar":{"holidays":["02-30"]}}]"""), Settings, "/levels", out _, out var errors));
        Assert.Equal("/levels/0/calendar/holidays/0", errors[0].Pointer);
    }

    [Fact]
    public void Days_beside_a_calendar_are_working_days_and_hours_are_hours()
    {
        const string Text = """
            {"key":"k","name":"K","actionTypes":["a"],"levels":[
              {"approvers":["user:ana"],"respondWithin":"2d","remindAfter":["1d","12h"],"calendar":"office"},
              {"approvers":["user:ana"],"respondWithin":"48h","remindAfter":["24h"],"calendar":"office"},
              {"approvers":["user:ana"],"respondWithin":"24h","calendar":"office"},
              {"approvers":["user:ana"],"respondWithin":"2d","remindAfter":["1d"]}]}
            """;
        Assert.True(PolicyReader.TryRead(World.Json(Text), Settings, out var policy, out var errors), string.Join("; ", errors));
        foreach (var levels in new[] { policy.Levels, Again(policy).Levels })
        {
            Assert.Equal<int>([2, 0, 0, 0], levels.Select(level => level.RespondWithinDays));
            Assert.Equal<double>([48, 48, 24, 48], levels.Select(level => level.RespondWithin.TotalHours));
            Assert.Equal<int>([1], levels[0].RemindAfterDays);
            Assert.Equal<TimeSpan>([TimeSpan.FromHours(12)], levels[0].RemindAfter);
            Assert.Equal<TimeSpan>([TimeSpan.FromDays(1)], levels[1].RemindAfter);
            Assert.Equal<TimeSpan>([TimeSpan.FromDays(1)], levels[3].RemindAfter);
        }

        // Two days are sixteen hours here.
        const string Late = """[{"approvers":["user:ana"],"respondWithin":"2d","remindAfter":["16h"],"calendar":"office"}]""";
        Assert.False(LevelReader.TryRead(World.Json(Late), Settings, "/levels", out _, out var late));
        Assert.Contains("2d", Assert.Single(late).Message, StringComparison.Ordinal);

        static Policy Again(Policy policy) => PolicyReader.TryRead(PolicyWriter.Write(policy), World.Settings, out var again, out _) ? again : throw new InvalidOperationException();
    }
}
