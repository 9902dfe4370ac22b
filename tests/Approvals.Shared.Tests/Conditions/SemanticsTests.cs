using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Shared.Tests.Conditions;

/// <summary>What conditions mean: the values of CEL's language definition, and our one extension.</summary>
public sealed class SemanticsTests
{
    public static readonly TheoryData<string, bool> Table = new()
    {
        // Literals
        { "true", true },
        { "!false", true },
        { "!!true", true },
        { "null == null", true },
        { "0x1F == 31", true },
        { "1e3 == 1000.0", true },
        { ".5 == 0.5", true },
        { "-9223372036854775808 < 0", true },
        { "'a' == \"a\"", true },
        { "'''it's''' == \"it's\"", true },
        { "\"\"\"a\nb\"\"\" == 'a\\nb'", true },
        { @"'\x41\u0042\U00000043\104' == 'ABCD'", true },
        { @"'\a\b\f\n\r\t\v\\\?\'\""\`'.size() == 12", true },
        { "true // the rest is silence", true },
        { "// first\n  true", true },

        // Arithmetic
        { "1 + 2 * 3 == 7", true },
        { "(1 + 2) * 3 == 9", true },
        { "7 / 2 == 3", true },
        { "-7 / 2 == -3", true },
        { "-7 % 3 == -1", true },
        { "7.0 / 2.0 == 3.5", true },
        { "2 - 3 - 4 == -5", true },
        { "1.0 / 0.0 > 1e300", true },
        { "-(1 + 1) == -2", true },
        { "--1 == 1", true },
        { "'ab' + 'cd' == 'abcd'", true },
        { "[1] + [2, 3] == [1, 2, 3]", true },
        { "9223372036854775807 + 0 == 9223372036854775807", true },
        { "3000000000 * 3000000000 == 9000000000000000000", true },

        // An int meets a double as a double
        { "1 == 1.0", true },
        { "1 + 0.5 == 1.5", true },
        { "3 > 2.5", true },
        { "payload.amount + 1 == 5001", true },
        { "payload.amount / 2 == 2500", true },
        { "payload.amount * 1.1 > 5499.9", true },
        { "1 in [1.0]", true },
        { "int(payload.amount) % 2 == 0", true },

        // Comparison
        { "1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3", true },
        { "'a' < 'b'", true },
        { "'a' < 'B'", false },
        { "'' < 'a'", true },
        { @"'\uFFFD' < '\U0001F600'", true },
        { "false < true", true },
        { "'a' != 'b'", true },
        { "[1, 2] == [1, 2]", true },
        { "[1, 2] == [2, 1]", false },
        { "{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1}", true },
        { "{'a': 1} == {'a': 1, 'b': 2}", false },
        { "payload.amount == 'x'", false },
        { "payload.amount != 'x'", true },
        { "payload.nothing == null", true },
        { "payload.amount == null", false },
        { "5000 == payload.amount", true },
        { "4999 < payload.amount", true },
        { "4999.5 <= payload.amount", true },
        { "5001 > payload.amount", true },
        { "payload.lines[0] == payload.lines[0]", true },
        { "payload.nan == payload.nan", false },
        { "payload.nan < 1 || payload.nan >= 1", false },

        // Logic
        { "false || true && true", true },
        { "true || false && false", true },
        { "true ? false : true", false },
        { "false ? false : true ? true : false", true },
        { "(payload.amount > 1 ? 'big' : 'small') == 'big'", true },
        { "true || payload.missing", true },
        { "payload.missing || true", true },
        { "payload.missing == 1 || true", true },
        { "false && payload.missing", false },
        { "payload.missing && false", false },
        { "1 / (1 - 1) == 1 || true", true },
        { "!(1 / (1 - 1) == 1 && false)", true },
        { "payload.name || true", true },
        { "true ? true : payload.missing", true },

        // Members, has, in, indexes
        { "payload.vendor.isNew", true },
        { "payload['vendor']['isNew']", true },
        { "payload.lines[1].amount == 20", true },
        { "payload.lines[int(payload.one)].amount == 20", true },
        { "payload.lines[payload.one].amount == 20", true },
        { "has(payload.vendor)", true },
        { "has(payload.vendor.isNew)", true },
        { "has(payload.missing)", false },
        { "has(payload.nothing)", true },
        { "has(payload.vendor.missing)", false },
        { "'vendor' in payload", true },
        { "'missing' in payload", false },
        { "2 in [1, 2, 3]", true },
        { "'x' in ['a', 'b']", false },
        { "payload.name in ['Acme', 'Bolt']", true },
        { "payload.amount in ['Acme', 'Bolt']", false },
        { "payload.name in [payload.name]", true },
        { "[1] in [[1], [2]]", true },
        { "payload.package == 'box'", true },
        { "payload[\"odd name\"] == 1", true },
        { "{'a': {'b': [1, 2]}}.a.b[1] == 2", true },
        { "actor.type == 'human' && 'approver' in actor.roles && subject.id == '42'", true },

        // Macros
        { "payload.lines.exists(l, l.category == 'capex')", true },
        { "payload.lines.exists(l, l.category == 'none')", false },
        { "payload.lines.all(l, l.amount > 0)", true },
        { "payload.lines.all(l, l.amount > 10)", false },
        { "payload.lines.exists_one(l, l.amount == 20)", true },
        { "payload.lines.exists_one(l, l.amount > 0)", false },
        { "payload.lines.filter(l, l.amount > 10).size() == 2", true },
        { "payload.lines.map(l, l.amount) == [10, 20, 30]", true },
        { "payload.lines.map(l, l.amount > 10, l.amount * 2) == [40, 60]", true },
        { "payload.lines.map(l, l.amount).exists(a, a == 30)", true },
        { "[].exists(x, x)", false },
        { "[].all(x, x)", true },
        { "payload.vendor.exists(k, k == 'isNew')", true },
        { "payload.vendor.all(k, k.size() > 1)", true },
        { "{'a': 1, 'b': 2}.map(k, k) == ['a', 'b']", true },
        { "payload.lines.exists(l, payload.lines.exists(m, m.amount > l.amount))", true },
        { "[[1], [2, 3]].exists(l, l.exists(x, x == 3))", true },
        { "[1, 2].exists(x, [3, 4].all(x, x > 2) && x == 2)", true },
        { "[1, 0].exists(x, 1 / x == 1)", true },
        { "[0, 1].exists(x, 1 / x == 1)", true },
        { "[1, 0, 2].all(x, 1 / x == 1)", false },
        { "payload.lines.exists(payload, payload.amount == 30)", true },

        // Text
        { "size('héllo') == 5", true },
        { "'😀a'.size() == 2", true },
        { "payload.lines.size() == 3", true },
        { "size(payload.vendor) == 2", true },
        { "payload.name.startsWith('Ac') && payload.name.endsWith('me') && payload.name.contains('cm')", true },
        { "payload.name.startsWith('ac')", false },
        { "payload.name.contains('')", true },
        { "payload.name.matches('^A.*e$')", true },
        { "payload.name.matches('cm')", true },
        { "matches(payload.name, '(?i)ACME')", true },
        { "payload.name.matches(payload.pattern)", true },

        // Conversions
        { "int('42') == 42 && int(3.99) == 3 && int(-3.99) == -3", true },
        { "int(timestamp('1970-01-02T00:00:00Z')) == 86400", true },
        { "double('1e3') == 1000.0 && double(2) == 2.0", true },
        { "string(42) == '42' && string(5000.5) == '5000.5' && string(true) == 'true'", true },
        { "string(1e21) == '1e+21'", true },
        { "string(duration('1h30m')) == '5400s'", true },
        { "string(timestamp('2026-01-02T03:04:05.5+01:00')) == '2026-01-02T02:04:05.5Z'", true },
        { "timestamp(0) == timestamp('1970-01-01T00:00:00Z')", true },

        // Time
        { "now > timestamp('2026-01-01T00:00:00Z')", true },
        { "now - timestamp('2026-03-02T00:00:00Z') == duration('9h30m')", true },
        { "timestamp(payload.due) - now < duration('48h')", true },
        { "now + duration('1h') > now", true },
        { "duration('1h') + now == now - duration('-1h')", true },
        { "duration('90m') == duration('1.5h') && duration('1s') > duration('999ms')", true },
        { "duration('1h') - duration('30m') == duration('1800s')", true },
        { "now.getFullYear() == 2026 && now.getMonth() == 2 && now.getDate() == 2 && now.getDayOfMonth() == 1", true },
        { "now.getDayOfWeek() == 1 && now.getDayOfYear() == 60", true },
        { "now.getHours() == 9 && now.getMinutes() == 30 && now.getSeconds() == 0 && now.getMilliseconds() == 0", true },
        { "now.getHours('Europe/Berlin') == 10 && now.getHours('-09:30') == 0 && now.getHours('+05:30') == 15", true },
        { "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90 && duration('1.234s').getMilliseconds() == 234", true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Condition_comes_to(string text, bool expected)
    {
        var result = Compile(text).Evaluate(Input);
        Assert.Equal((expected, null), (result.Value, result.Fault?.Message));
    }

    internal static readonly ConditionInput Input = new()
    {
        Payload = Value.Map(
        [
            .. JsonText.Parse(
                """
                { "amount": 5000, "one": 1, "name": "Acme", "due": "2026-03-03T00:00:00Z", "nothing": null, "package": "box", "odd name": 1,
                  "vendor": { "isNew": true, "country": "DE" }, "pattern": "^Ac", "badPattern": "(",
                  "lines": [ { "amount": 10, "category": "opex" }, { "amount": 20, "category": "capex" }, { "amount": 30, "category": "opex" } ] }
                """).Members,
            KeyValuePair.Create("nan", Value.From(double.NaN)),
        ]),
        Actor = JsonText.Parse("""{ "id": "ana", "type": "human", "roles": ["requester", "approver"] }"""),
        Subject = JsonText.Parse("""{ "type": "bill", "id": "42" }"""),
        Now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero),
    };

    internal static Condition Compile(string text)
    {
        Assert.True(Condition.TryCompile(text, out var condition, out var errors), string.Join('\n', errors));
        return condition;
    }
}
