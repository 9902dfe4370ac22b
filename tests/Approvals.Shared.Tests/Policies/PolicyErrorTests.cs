using Approvals.Policies;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Policies;

/// <summary>What a policy may not say, and where the error points.</summary>
public sealed class PolicyErrorTests
{
    private const string Valid =
        """{"key":"k","name":"K","actionTypes":["a.b"],"levels":[{"name":"L","approvers":["user:ana"]}]}""";

    private const string LetsPass = """
        {"key":"k","name":"K","actionTypes":["a.b"],"whenNoLevelApplies":"allow",
         "levels":[{"name":"L","approvers":["user:ana"],"when":"payload.n > 5","humanOnly":true},{"approvers":["user:bo"]}]}
        """;

    /// <summary>A member of the policy, its JSON, the error's pointer, the suggestion.</summary>
    public static readonly TheoryData<string, string, string, string?> Members = new()
    {
        { "tenant", "\"globex\"", "/tenant", null },
        { "tenant", "7", "/tenant", null },
        { "key", "\"a b\"", "/key", null },
        { "key", "\"a..b\"", "/key", null },
        { "key", "\" \"", "/key", null },
        { "key", "null", "/key", null },
        { "name", "5", "/name", null },
        { "name", "true", "/name", null },
        { "name", $"\"{new string('n', 201)}\"", "/name", null },
        { "name", "\"N\\u0007\"", "/name", null },
        { "name", "\"Two\\nlines\"", "/name", null },
        { "description", "\"\\u001b[31m\"", "/description", null },
        { "prioritty", "5", "/prioritty", "priority" },
        { "Levels", "[]", "/Levels", "levels" },
        { "a/b~c", "1", "/a~1b~0c", null },
        { "actionTypes", "[]", "/actionTypes", null },
        { "actionTypes", "\"a.b\"", "/actionTypes", "[\"a.b\"]" },
        { "actionTypes", "[\"a\",5]", "/actionTypes/1", null },
        { "actionTypes", "[\"a\",\"a\"]", "/actionTypes/1", null },
        { "actionTypes", "[\"a.*.b\"]", "/actionTypes/0", "a.*" },
        { "actionTypes", "[\"a b\"]", "/actionTypes/0", "a-b" },
        { "priority", "\"high\"", "/priority", null },
        { "priority", "1.5", "/priority", null },
        { "priority", "1000001", "/priority", null },
        { "distinctApprovers", "\"yes\"", "/distinctApprovers", null },
        { "whenNoLevelApplies", "\"alow\"", "/whenNoLevelApplies", "allow" },
        { "completeWithin", "\"2 hours\"", "/completeWithin", "2h" },
        { "completeWithin", "48", "/completeWithin", "48h" },
        { "completeWithin", "\"0s\"", "/completeWithin", null },
        { "completeWithin", "\"367d\"", "/completeWithin", null },
        { "grantValidFor", "\"1h30m\"", "/grantValidFor", "1h" },
        { "grantValidFor", "\"-5m\"", "/grantValidFor", null },
        { "sensitive", "[\"iban\"]", "/sensitive/0", "payload.iban" },
        { "sensitive", "[\"payload..iban\"]", "/sensitive/0", null },
        { "titleTemplate", "\"Bill {payload.number\"", "/titleTemplate", null },
        { "titleTemplate", "\"Bill {vendor.name}\"", "/titleTemplate", null },
        { "titleTemplate", "\"Bill }\"", "/titleTemplate", null },
        { "cases", "[5]", "/cases/0", null },
        { "cases", "[{\"name\":\"c\",\"input\":5}]", "/cases/0/input", null },
        { "cases", "[{\"name\":\"c\",\"input\":{\"payload\":5}}]", "/cases/0/input/payload", null },
        { "watchers", "[\"ana\"]", "/watchers/0", "user:ana" },
        { "levels", "[]", "/levels", null },
        { "levels", "{}", "/levels", null },
        { "levels", "[5]", "/levels/0", null },
        { "levels", "null", "/levels", null },
    };

    /// <summary>A member of the only level, its JSON, the error's pointer below the level, the suggestion.</summary>
    public static readonly TheoryData<string, string, string, string?> LevelMembers = new()
    {
        { "approver", "[]", "/approver", "approvers" },
        { "approvers", "[]", "/approvers", null },
        { "approvers", "null", "/approvers", null },
        { "approvers", "[\"users:ana\"]", "/approvers/0", "user:ana" },
        { "approvers", "[\"user:\"]", "/approvers/0", null },
        { "approvers", "[\"manager:ana\"]", "/approvers/0", "manager:requester" },
        { "approvers", "[\"manager^0:requester\"]", "/approvers/0", "manager:requester" },
        { "approvers", "[\"manager^11:requester\"]", "/approvers/0", "manager:requester" },
        { "approvers", "[\"field:owner\"]", "/approvers/0", "field:payload.owner" },
        { "approvers", "[\"field:payload\"]", "/approvers/0", null },
        { "approvers", "[\"user:ana\",\"user:ana\"]", "/approvers/1", null },
        { "strategy", "\"majority\"", "/strategy", null },
        { "strategy", "\"Any\"", "/strategy", "any" },
        { "strategy", "\"quorum\"", "/quorum", null },
        { "quorum", "2", "/quorum", "\"strategy\": \"quorum\"" },
        { "groups", "[{\"name\":\"G\",\"approvers\":[\"user:bo\"]}]", "/approvers", null },
        { "rejection", "\"never\"", "/rejection", null },
        { "humanOnly", "1", "/humanOnly", null },
        { "autoApprove", "[\"true\"]", "/autoApprove/0", null },
        { "autoApprove", "[{}]", "/autoApprove/0/when", null },
        { "autoApprove", "[{\"when\":\"payload.amount <\"}]", "/autoApprove/0/when", null },
        { "when", "\"\"", "/when", null },
        { "respondWithin", "\"two days\"", "/respondWithin", null },
        { "remindAfter", "[\"48h\"]", "/remindAfter/0", null },
        { "remindAfter", "[\"soon\"]", "/remindAfter/0", null },
        { "remindAfter", "[\"1h\",\"2h\",\"3h\",\"4h\",\"5h\",\"6h\",\"7h\",\"8h\",\"9h\",\"10h\",\"11h\"]", "/remindAfter", null },
        { "remindAfter", "\"4h\"", "/remindAfter", "[\"4h\"]" },
        { "calendar", "5", "/calendar", null },
        { "calendar", "\"office\"", "/calendar", null },
        { "calendar", "{\"workDays\":[]}", "/calendar/workDays", null },
        { "calendar", "{\"workDays\":[\"Monday\"]}", "/calendar/workDays/0", "mon" },
        { "calendar", "{\"hours\":\"09:00-09:00\"}", "/calendar/hours", null },
        { "calendar", "{\"hours\":\"9-17\"}", "/calendar/hours", null },
        { "calendar", "{\"holidays\":[\"25.12.2026\"]}", "/calendar/holidays/0", null },
        { "calendar", "{\"timeZone\":\"Europe/Berlim\"}", "/calendar/timeZone", "Europe/Berlin" },
        { "onTimeout", "\"autoapprove\"", "/onTimeout", "autoApprove" },
        { "escalateTo", "\"user:cfo\"", "/escalateTo", "[\"user:cfo\"]" },
        { "maxEscalations", "11", "/maxEscalations", null },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_policys_error_points_at_its_member(string member, string json, string pointer, string? suggestion) =>
        Refused(With(World.Json(Valid), member, World.Json(json)), pointer, suggestion);

    [Theory]
    [MemberData(nameof(LevelMembers))]
    public void A_levels_error_points_at_its_member(string member, string json, string pointer, string? suggestion)
    {
        var policy = World.Json(Valid);
        var level = With(policy.At("levels.0")!.Value, member, World.Json(json));
        Refused(With(policy, "levels", Value.List(level)), $"/levels/0{pointer}", suggestion);
    }

    [Theory]
    [InlineData("""{"name":"K"}""", "/key", "/actionTypes", "/levels")]
    [InlineData("""[]""", "")]
    [InlineData("""{"key":"k","name":"K","actionTypes":["a"],"levels":[{"approvers":["x"],"onTimeout":"never"},{"groups":[{"name":"G","approvers":["user:a"],"strategy":"quorum","quorum":2},{"name":"G","approvers":["user:b"]},{"approvers":["user:c"]}]}]}""", "/levels/0/approvers/0", "/levels/0/onTimeout", "/levels/1/groups/0/quorum", "/levels/1/groups/1/name", "/levels/1/groups/2/name")]
    public void Everything_wrong_is_told_at_once(string json, params string[] pointers)
    {
        Assert.False(PolicyReader.TryRead(World.Json(json), World.Settings, out _, out var errors));
        Assert.Equal(pointers, errors.Select(error => error.Pointer));
    }

    [Fact]
    public void A_conditions_error_has_line_column_and_suggestion()
    {
        var policy = With(World.Json(Valid), "when", Value.From("payload.amount > 5 &&\n  paylod.vendor.isNew"));

        Assert.False(PolicyReader.TryRead(policy, World.Settings, out _, out var errors));
        var error = Assert.Single(errors);
        Assert.Equal(("/when", 2, 3), (error.Pointer, error.Line, error.Column));
        Assert.Contains("payload", error.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_templates_error_has_its_column()
    {
        Assert.False(PolicyReader.TryRead(With(World.Json(Valid), "titleTemplate", Value.From("Bill }")), World.Settings, out _, out var errors));
        Assert.Equal(6, Assert.Single(errors).Column);
    }

    /// <summary>Members of a policy for publications that somebody might answer in nobody's place, and the error's pointer.</summary>
    public static readonly TheoryData<string, string> BelowTheFloor = new()
    {
        { """ "levels":[{"approvers":["user:ana"],"when":"payload.key == \"never\""}] """, "/levels/0/when" },
        { """ "levels":[{"approvers":["user:ana"],"when":"true"},{"approvers":["user:bo"],"when":"false"}] """, "/levels/0/when" },
        { """ "levels":[{"approvers":["user:ana"],"autoApprove":[{"when":"true"}]}] """, "/levels/0/autoApprove" },
        { """ "levels":[{"approvers":["user:ana"]},{"approvers":["user:bo"],"onTimeout":"autoApprove"}] """, "/levels/1/onTimeout" },
        { """ "whenNoLevelApplies":"allow","levels":[{"approvers":["user:ana"]}] """, "/whenNoLevelApplies" },
    };

    [Theory]
    [MemberData(nameof(BelowTheFloor))]
    public void A_policy_for_the_services_own_actions_has_somebody_answer(string members, string pointer)
    {
        Refused(World.Json($$"""{"key":"k","name":"K","actionTypes":["other.*","approvals.policy.publish"],{{members}}}"""), pointer, null);
        World.Read($$"""{"key":"k","name":"K","actionTypes":["*","approvals.*"],{{members}}}""");
    }

    [Fact]
    public void Above_that_it_may_say_what_it_likes() => World.Read("""
        {"key":"k","name":"K","actionTypes":["approvals.policy.publish"],"when":"payload.change == 'publish'","levels":[
          {"approvers":["user:ana"],"when":"payload.key == 'k'"},
          {"approvers":["user:bo"],"humanOnly":true,"autoApprove":[{"when":"true"}],"onTimeout":"autoApprove"}]}
        """);

    [Fact]
    public void A_policy_with_a_level_for_humans_only_lets_nothing_pass() => Refused(World.Json(LetsPass), "/whenNoLevelApplies", null);

    [Fact]
    public void A_chain_has_at_most_twenty_levels()
    {
        var level = World.Json(Valid).At("levels.0")!.Value;
        var levels = Value.List(System.Collections.Immutable.ImmutableArray.CreateRange(Enumerable.Repeat(level, 21)));

        Refused(With(World.Json(Valid), "levels", levels), "/levels", null);
    }

    /// <summary>All of them, for who asks what they are told.</summary>
    internal static IEnumerable<Value> Wrong()
    {
        var policy = World.Json(Valid);
        var level = policy.At("levels.0")!.Value;
        return [
            .. Members.Select(row => With(policy, (string)row[0], World.Json((string)row[1]))),
            .. LevelMembers.Select(row => With(policy, "levels", Value.List(With(level, (string)row[0], World.Json((string)row[1]))))),
            World.Json(LetsPass),
            .. BelowTheFloor.Select(row => World.Json($$"""{"key":"k","name":"K","actionTypes":["approvals.x"],{{row[0]}}}""")),
            With(policy, "levels", World.Json("""[{"groups":[5,{"name":"G","approvers":["user:a"]},{"name":"G","approvers":["user:b"]}]}]""")),
            With(policy, "levels", World.Json("""[{"approvers":["user:a"],"strategy":"quorum","quorum":2},{"approvers":["user:a"],"strategy":"quorum","quorum":0}]""")),
        ];
    }

    private static void Refused(Value policy, string pointer, string? suggestion)
    {
        Assert.False(PolicyReader.TryRead(policy, World.Settings, out var read, out var errors));
        Assert.Null(read);
        var error = Assert.Single(errors);
        Assert.Equal(pointer, error.Pointer);
        Assert.Equal(suggestion is null ? null : $"Did you mean '{suggestion}'?", error.Suggestion);
        Assert.NotEmpty(error.Message);
        Assert.Equal($"{error.Message} {error.Suggestion}".TrimEnd(), error.Text);
    }

    private static Value With(Value map, string member, Value value) =>
        Value.Map(map.Members.Where(each => each.Key != member).Append(new(member, value)));
}
