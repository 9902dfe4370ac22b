namespace Approvals.Shared.Tests.Conditions;

/// <summary>What goes wrong at run time, with the words and the place that the audit entry gets.</summary>
public sealed class FaultTests
{
    public static readonly TheoryData<string, string> Table = new()
    {
        { "payload.missing", "payload has no member 'missing'." },
        { "payload.vendor.missing > 1", "payload.vendor has no member 'missing'." },
        { "has(payload.missing.deeper)", "payload has no member 'missing'." },
        { "has(payload.name.deeper)", "payload.name is string, so it has no member 'deeper'." },
        { "payload.name.first == 'x'", "payload.name is string, so it has no member 'first'." },
        { "payload.nothing.x == 1", "payload.nothing is null, so it has no member 'x'." },
        { "payload.name > 5", "string and int have no order." },
        { "5 < payload.name", "string and int have no order." },
        { "payload.due < now", "string and timestamp have no order." },
        { "payload.nothing < 1", "null and int have no order." },
        { "payload.lines < payload.lines", "list and list have no order." },
        { "payload.name", "A bool is needed here, but this is string." },
        { "payload.amount && true", "A bool is needed here, but this is double." },
        { "payload.name ? true : false", "A bool is needed here, but this is string." },
        { "!payload.name", "A bool is needed here, but this is string." },
        { "payload.name + 1 == 2", "'+' does not take string and int." },
        { "payload.name - payload.name == 2", "'-' does not take string and string." },
        { "-payload.name == 2", "'-' does not take string." },
        { "payload.amount % 2 == 0", "'%' takes ints; int() makes one of a double." },
        { "1 / (1 - 1) == 1", "An int can't be divided by zero." },
        { "1 % (1 - 1) == 1", "An int can't be divided by zero." },
        { "9223372036854775807 + 1 > 0", "The result is beyond the range of an int." },
        { "-9223372036854775808 - 1 < 0", "The result is beyond the range of an int." },
        { "9223372036854775807 * 2 > 0", "The result is beyond the range of an int." },
        { "-9223372036854775808 / -1 > 0", "The result is beyond the range of an int." },
        { "-int('-9223372036854775808') > 0", "The result is beyond the range of an int." },
        { "int(1e19) > 0", "1e+19 is beyond the range of an int." },
        { "int('4 2') > 0", "'4 2' is no int." },
        { "double('') > 0.0", "'' is no double." },
        { "payload.lines[3].amount == 1", "The list has no item 3." },
        { "payload.lines[-1].amount == 1", "The list has no item -1." },
        { "payload.lines[0.5].amount == 1", "A list takes an int in [], not double." },
        { "payload['missing'] == 1", "The map has no key 'missing'." },
        { "payload.name[0] == 'A'", "Only lists and maps have [], not string." },
        { "1 in payload.amount", "'in' looks in a list or a map, not in double." },
        { "payload.amount.exists(x, true)", "Only lists and maps have items, not double." },
        { "payload.lines.exists(l, l.missing)", "l has no member 'missing'." },
        { "payload.lines.all(l, l.missing)", "l has no member 'missing'." },
        { "[1, 0].exists_one(x, 1 / x == 1)", "An int can't be divided by zero." },
        { "[1, 0].map(x, 1 / x) == []", "An int can't be divided by zero." },
        { "[1, 0].filter(x, 1 / x == 1) == []", "An int can't be divided by zero." },
        { "payload.missing || payload.alsoMissing", "payload has no member 'missing'." },
        { "payload.amount.startsWith('a')", "startsWith() takes two strings, not double and string." },
        { "size(payload.amount) == 1", "size() takes a string, a list or a map, not double." },
        { "payload.amount.matches('a')", "matches() takes a string, not double." },
        { "int(payload.lines) > 0", "int() takes a number, a string or a timestamp, not list." },
        { "double(payload.lines) > 0.0", "double() takes a number or a string, not list." },
        { "string(payload.lines) == ''", "string() takes a bool, a number, a string, a timestamp or a duration, not list." },
        { "timestamp(payload.amount) < now", "timestamp() takes a string or an int, not double." },
        { "duration(payload.amount) < duration('1s')", "duration() takes a string, not double." },
        { "timestamp(99999999999999) < now", "99999999999999 seconds since 1970 are beyond the years 1 to 9999." },
        { "timestamp(payload.name) < now", "'Acme' is no timestamp such as 2026-03-01T09:30:00Z." },
        { "duration(payload.name) < duration('1s')", "'Acme' is no duration such as 36h, 90m or 1h30m (units h, m, s, ms, us, ns)." },
        { "now + duration('87000000h') > now", "The timestamp is beyond the years 1 to 9999." },
        { "duration('80000000h') + duration('80000000h') > duration('1s')", "The duration is too long." },
        { "now.getHours(payload.amount) == 1", "getHours() takes the name of a time zone, not double." },
        { "payload.due.getHours() > 1", "getHours() takes a timestamp, not string; timestamp() makes one of a string." },
        { "now.getHours('Nowhere/Land') == 1", "'Nowhere/Land' is no time zone such as Europe/Berlin or +02:00." },
        { "now.getHours('../../etc/passwd') == 1", "'../../etc/passwd' is no time zone such as Europe/Berlin or +02:00." },
        { "{payload.amount: 1} == {}", "The keys of a map are strings, not double." },
        { "{payload.name: 1, 'Acme': 2} == {}", "The key 'Acme' comes twice." },
        { "payload.name.matches(payload.badPattern)", "The pattern '(' is refused: at offset 1: insufficient closing parentheses." },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Condition_faults(string text, string message)
    {
        var result = SemanticsTests.Compile(text).Evaluate(SemanticsTests.Input);
        Assert.True(result.IsError);
        Assert.False(result.Value);
        Assert.Equal(message, result.Fault!.Message);
    }

    [Theory]
    [InlineData("payload.amount > 1 &&\n  payload.vendor.missing > 2", 2, 18)]
    [InlineData("payload.name > 5", 1, 14)]
    [InlineData("true &&\n payload.lines[7].x", 2, 15)]
    public void A_fault_has_its_place(string text, int line, int column)
    {
        var fault = SemanticsTests.Compile(text).Evaluate(SemanticsTests.Input).Fault!;
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }
}
