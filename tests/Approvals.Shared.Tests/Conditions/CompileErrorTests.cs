using Approvals.Conditions;

namespace Approvals.Shared.Tests.Conditions;

public sealed class CompileErrorTests
{
    public static readonly TheoryData<string, int, int, string, string?> Table = new()
    {
        // Names
        { "paylod.amount > 5", 1, 1, "'paylod' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'payload'?" },
        { "amount > 5", 1, 1, "'amount' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'payload.amount'?" },
        { "payload.a > 1 &&\n  actr.id == 'x'", 2, 3, "'actr' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'actor'?" },
        { "True", 1, 1, "'True' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'true'?" },
        { "payload.lines.exists(line, lin.amount > 1)", 1, 28, "'lin' is unknown; a condition sees payload, actor, subject, now, line.", "Did you mean 'line'?" },
        { "payload.lines.exists(l, l.a > 1) && l.b", 1, 37, "'l' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'payload.l'?" },

        { "payload.a == nil", 1, 14, "'nil' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'null'?" },
        { "user.id == 'x'", 1, 1, "'user' is unknown; a condition sees payload, actor, subject, now.", "Did you mean 'actor'?" },

        // Members of the actor and the subject
        { "payload.a > 1 &&\n  'x' in actor.rolez", 2, 16, "actor has no member 'rolez', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.roles'?" },
        { "actor.kind == 'human'", 1, 7, "actor has no member 'kind', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.type'?" },
        { "actor.department == 'x'", 1, 7, "actor has no member 'department', only id, type, name, roles, assurance, actingFor.", "What else a condition needs is for the payload: payload.actor." },
        { "has(actor.rolez)", 1, 11, "actor has no member 'rolez', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.roles'?" },
        { "actor['rolez'] == []", 1, 7, "actor has no member 'rolez', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.roles'?" },
        { "'rolez' in actor", 1, 1, "actor has no member 'rolez', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.roles'?" },
        { "[actor].exists(a, a.rolez == [])", 1, 21, "actor has no member 'rolez', only id, type, name, roles, assurance, actingFor.", "Did you mean 'actor.roles'?" },
        { "subject.roles == []", 1, 9, "subject has no member 'roles', only type, id.", "What else a condition needs is for the payload: payload.subject." },
        { "subject.kind == 'order'", 1, 9, "subject has no member 'kind', only type, id.", "Did you mean 'subject.type'?" },
        { "actor == 'ana'", 1, 7, "'==' does not take map and string.", "Did you mean 'actor.id'?" },
        { "actor.roles == 'admin'", 1, 13, "'==' does not take list and string.", "Write \"text\" in list to look for a text in it." },
        { "actor.id > 5", 1, 10, "'>' does not take string and int.", "Write double(…) around the text, or leave out the quotes." },

        // Functions
        { "now() > timestamp('2026-01-01T00:00:00Z')", 1, 1, "There is no function 'now'.", "Did you mean 'now'?" },
        { "today() > timestamp('2026-01-01T00:00:00Z')", 1, 1, "There is no function 'today'.", "Did you mean 'now'?" },
        { "not(payload.a)", 1, 1, "There is no function 'not'.", "Did you mean '!'?" },
        { "payload.name.isEmpty()", 1, 14, "There is no function 'isEmpty'.", "Write size(…) == 0." },
        { "payload.name.toLowerCase() == 'a'", 1, 14, "There is no function 'toLowerCase'.", "Write text.matches(\"(?i)…\") to leave case aside." },
        { "sum(payload.lines) > 5", 1, 1, "There is no function 'sum'.", "Send the result in the payload." },
        { "now.dayOfWeek() == 0", 1, 5, "There is no function 'dayOfWeek'.", "Did you mean 'value.getDayOfWeek(…)'?" },
        { "payload.name.startWith('A')", 1, 14, "There is no function 'startWith'.", "Did you mean 'value.startsWith(…)'?" },
        { "payload.lines.length() > 1", 1, 15, "There is no function 'length'.", "Did you mean 'size(…)'?" },
        { "payload.lines.any(l, l.amount > 1)", 1, 15, "There is no function 'any'.", "Did you mean 'list.exists(item, …)'?" },
        { "exists(payload.lines, 1)", 1, 1, "There is no function 'exists' of that form.", "Did you mean 'list.exists(item, …)'?" },
        { "frobnicate(payload)", 1, 1, "There is no function 'frobnicate'.", null },
        { "contains(payload.a, 'x')", 1, 1, "'contains' is not written so.", "Did you mean 'value.contains(…)'?" },
        { "payload.a.int() == 1", 1, 11, "'int' is not written so.", "Did you mean 'int(…)'?" },
        { "size() == 1", 1, 1, "size() takes 1 argument, but there are 0.", null },
        { "payload.a.contains('x', 'y')", 1, 11, "contains() takes 1 argument, but there are 2.", null },
        { "now.getHours('a', 'b') == 1", 1, 5, "getHours() takes 0 or 1 arguments, but there are 2.", null },
        { "size(1) == 1", 1, 1, "size() takes string, or list, or map, but this is int.", null },
        { "'a'.contains(1)", 1, 5, "contains() takes string and string, but this is string and int.", null },
        { "has(payload)", 1, 1, "has() takes one member, such as has(payload.vendor).", "Did you mean 'has(payload.payload)'?" },
        { "has(payload['a'])", 1, 1, "has() takes one member, such as has(payload.vendor).", "Write \"name\" in payload for a name in quotes." },
        { "payload.lines.exists(l)", 1, 15, "exists() takes a variable and an expression.", "Write list.exists(item, …)." },
        { "payload.lines.exists(l.a, true)", 1, 22, "The first argument of exists() names the variable.", "Write list.exists(item, …)." },

        { "isDefined(payload.a)", 1, 1, "There is no function 'isDefined'.", "Write has(payload.name)." },

        // Types of literals
        { "1 + 2", 1, 1, "A condition must be true or false, but this is int.", null },
        { "'yes'", 1, 1, "A condition must be true or false, but this is string.", null },
        { "1 + 'a' == 2", 1, 3, "'+' does not take int and string.", "Write string(…) around the number." },
        { "'x' > 2", 1, 5, "'>' does not take string and int.", "Write double(…) around the text, or leave out the quotes." },
        { "1 == 'a'", 1, 3, "'==' does not take int and string.", "Write double(…) around the text, or leave out the quotes." },
        { "true && 1", 1, 9, "'&&' needs a bool, but this is int.", null },
        { "'a' || true", 1, 1, "'||' needs a bool, but this is string.", null },
        { "!1", 1, 2, "'!' needs a bool, but this is int.", null },
        { "-'a' == 'a'", 1, 1, "'-' needs a number, but this is string.", null },
        { "1 < 2 < 3", 1, 7, "'<' does not take bool and int.", null },
        { "'a' in 'abc'", 1, 5, "'in' does not take string and string.", "Write text.contains(part) to find a part of a text." },
        { "'a' == ['a']", 1, 5, "'==' does not take string and list.", "Write text in list to look for it there." },
        { "'a' in [1, 2]", 1, 5, "'in' does not take string and list.", null },
        { "payload.a > 1 ? 1 : 'b'", 1, 21, "Both halves of a choice have one type, but these are int and string.", null },
        { "now > '2026-01-01T00:00:00Z'", 1, 5, "'>' does not take timestamp and string.", "Write timestamp(…) around the text." },
        { "now + '24h' > now", 1, 5, "'+' does not take timestamp and string.", "Write duration(\"24h\")." },
        { "now + 5 > now", 1, 5, "'+' does not take timestamp and int.", null },
        { "5.0 % 2 == 1", 1, 5, "'%' does not take double and int.", "'%' takes ints: write int(…) around the double." },
        { "1 / 0 == 1", 1, 3, "An int can't be divided by zero.", null },
        { "true ||\n 1 % 0 == 1", 2, 4, "An int can't be divided by zero.", null },
        { "size(payload.lines) / -(0) > 1", 1, 21, "An int can't be divided by zero.", null },
        { "payload.a % 0 == 1", 1, 11, "An int can't be divided by zero.", null },
        { "[1, 2].exists(x, x == 'a')", 1, 20, "'==' does not take int and string.", "Write double(…) around the text, or leave out the quotes." },
        { "[1, 2].exists(x, x)", 1, 18, "'exists' needs a bool, but this is int.", null },
        { "[1].amount == 1", 1, 5, "A value of type list has no member 'amount'.", "Use exists or all: list.exists(item, item.amount …)." },
        { "now.year == 2026", 1, 5, "A value of type timestamp has no member 'year'.", null },
        { "[1]['a'] == 1", 1, 4, "A value of type list has no [string]; lists take an int and maps a string.", null },
        { "5.exists(x, true)", 1, 3, "A value of type int has no items; only lists and maps have.", null },
        { "5x == 1", 1, 1, "A number ends in a letter.", null },
        { "'a'.exists(x, true)", 1, 5, "A value of type string has no items; only lists and maps have.", null },
        { "[1] < [2]", 1, 5, "'<' does not take list and list.", null },
        { "{1: 2} == {}", 1, 2, "The keys of a map are strings, but this is int.", null },
        { "{'a': 1, 'a': 2} == {}", 1, 10, "The key 'a' comes twice.", null },
        { "timestamp('yesterday') < now", 1, 11, "The text is no timestamp.", "Write it as \"2026-03-01T09:30:00Z\"." },
        { "now - duration('7d') < now", 1, 16, "The text is no duration; its units are h, m, s, ms, us and ns.", "Write \"168h\"." },
        { "duration('soon') > duration('1h')", 1, 10, "The text is no duration; its units are h, m, s, ms, us and ns.", "Write it as \"36h\", \"90m\" or \"1h30m\"." },
        { "payload.a.matches('(')", 1, 19, "The pattern is refused: at offset 1: insufficient closing parentheses.", null },
        { "payload.a.matches('(?=x)')", 1, 19, "The pattern is refused: at offset 0: RE2 has no look-around, atomic, conditional or comment groups, and only the flags i, m and s are taken.", null },

        // Words and signs
        { "", 1, 1, "The condition is empty.", "Write true for a condition that always holds." },
        { "  // nothing", 1, 13, "The condition is empty.", "Write true for a condition that always holds." },
        { "payload.a = 1", 1, 11, "A single '=' is no operator.", "Did you mean '=='?" },
        { "payload.a === 1", 1, 11, "'===' is no operator.", "Did you mean '=='?" },
        { "payload.a <> 1", 1, 11, "'<>' is no operator.", "Did you mean '!='?" },
        { "payload.a & payload.b", 1, 11, "A single '&' is no operator.", "Did you mean '&&'?" },
        { "payload.a and payload.b", 1, 11, "'and' is no operator.", "Did you mean '&&'?" },
        { "not payload.a", 1, 1, "'not' is no operator.", "Did you mean '!'?" },
        { "payload.a > 1 || not payload.b", 1, 18, "'not' is no operator.", "Did you mean '!'?" },
        { "payload.a or payload.b", 1, 11, "'or' is no operator.", "Did you mean '||'?" },
        { "payload.a AND payload.b", 1, 11, "'AND' is no operator.", "Did you mean '&&'?" },
        { "payload.a equals 5", 1, 11, "'equals' is no operator.", "Did you mean '=='?" },
        { "payload.a between 1 and 5", 1, 11, "'between' is no operator.", "Write a >= 1 && a <= 9." },
        { "payload.a !== 1", 1, 11, "'!==' is no operator.", "Did you mean '!='?" },
        { "payload.a => 1", 1, 11, "'=>' is no operator.", "Did you mean '>='?" },
        { "payload.a =< 1", 1, 11, "'=<' is no operator.", "Did you mean '<='?" },
        { "payload.a =~ 'x'", 1, 11, "'=~' is no operator.", "Write text.matches(\"…\")." },
        { "payload.a ?? 1 > 0", 1, 11, "'??' is no operator.", "Write has(payload.name) ? payload.name : 0." },
        { "payload.a ≥ 1", 1, 11, "'≥' is no operator.", "Did you mean '>='?" },
        { "payload?.a > 1", 1, 8, "'?.' is no operator.", "Write has(payload.name) && payload.name == 1." },
        { "payload.a > 1;", 1, 14, "';' is no operator.", "Leave it out; '&&' joins two conditions." },
        { "payload.name contains 'x'", 1, 14, "The condition should end here, but there is 'contains'.", "Did you mean 'value.contains(…)'?" },
        { "payload.name startwith 'x'", 1, 14, "The condition should end here, but there is 'startwith'.", "Did you mean 'value.startsWith(…)'?" },
        { "if payload.a > 1 then true else false", 1, 1, "'if' is a reserved word.", "Write a ? b : c." },
        { "payload.a > ", 1, 13, "A value should stand here; the text ends.", null },
        { "(payload.a > 1", 1, 15, "The parenthesis is not closed; the text ends.", "Add )." },
        { "payload.a > 1)", 1, 14, "The condition should end here, but there is ')'.", null },
        { "payload.", 1, 9, "A member name should follow the point; the text ends.", null },
        { "payload.in == 1", 1, 9, "A member name should follow the point, but there is 'in'.", "Write [\"name\"] for it." },
        { "payload.a 'a text that is longer than forty characters'", 1, 11, "The condition should end here, but there is more text.", null },
        { "size(payload.a", 1, 15, "The arguments are not closed; the text ends.", "Add )." },
        { "payload.a[0", 1, 12, "The bracket is not closed; the text ends.", "Add ]." },
        { "{'a': 1", 1, 8, "The map is not closed; the text ends.", "Add }." },
        { "{'a' 1} == {}", 1, 6, "A colon should follow the key, but there is '1'.", "Write {\"name\": value}." },
        { "payload.a ? true", 1, 17, "The other half of the choice is missing; the text ends.", "Write a ? b : c." },
        { "[1, 2 == [1]", 1, 13, "The list is not closed; the text ends.", "Add ]." },
        { "payload.a == 'open", 1, 14, "The string is not closed.", "Add ' at its end." },
        { @"payload.a == 'a\d'", 1, 16, @"'\d' is no escape.", @"Write \\ for a backslash." },
        { @"payload.a == '\ud800'", 1, 15, @"'\u' needs 4 hexadecimal digits that name a character.", null },
        { @"payload.a == '\0'", 1, 15, @"'\0' needs 3 octal digits that name a character.", null },
        { "payload.a == b'x'", 1, 14, "Bytes are not part of the condition language.", "Write the text without the 'b'." },
        { "payload.a == r'x'", 1, 14, "Raw strings are not part of the condition language.", "Write the text without the 'r' and double its backslashes." },
        { "payload.a == 1u", 1, 14, "Unsigned integers are not part of the condition language.", "Write the number without the 'u'." },
        { "payload.a == 9223372036854775808", 1, 14, "The integer is beyond 64 bits.", "Write it with a decimal point to make it a double." },
        { "payload.a == 1e", 1, 14, "The exponent of the number has no digits.", null },
        { "payload.a == 1e999", 1, 14, "The number is beyond the range of a double.", null },
        { "payload.a == Bill{number: 1}", 1, 18, "Message types are not part of the condition language.", "Write a map: {\"name\": value}." },
        { "while == 1", 1, 1, "'while' is a reserved word.", null },
        { "payload.a == “x”", 1, 14, "Typographic quotes do not begin a string.", "Use \" or '." },
        { "payload.`a` == 1", 1, 9, "Quoted member names are not part of the condition language.", "Write payload[\"name\"]." },
        { "payload.a # 1", 1, 11, "'#' can't stand here.", null },
        { "payload.a == 😀", 1, 14, "'😀' can't stand here.", null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Condition_is_refused(string text, int line, int column, string message, string? suggestion)
    {
        Assert.False(Condition.TryCompile(text, out var condition, out var errors));
        Assert.Null(condition);
        Assert.Equal(new ConditionError(line, column, message, suggestion), errors[0]);
    }

    [Fact]
    public void All_errors_of_meaning_are_reported_in_order()
    {
        Assert.False(Condition.TryCompile("1 + 'a' == 2 || foo(1) || paylod.x", out _, out var errors));
        Assert.Equal([3, 17, 27], errors.Select(error => error.Column));
    }

    [Fact]
    public void Length_and_nesting_are_bounded()
    {
        Assert.False(Condition.TryCompile(new string(' ', 4096) + "true", out _, out var errors));
        Assert.Contains("4096", errors[0].Message, StringComparison.Ordinal);
        foreach (var text in new[]
        {
            new string('(', 2000) + "true" + new string(')', 2000),
            new string('!', 4000) + "true",
            new string('[', 2000) + new string(']', 2000) + " == []",
            new string('-', 4000) + "1 == 1",
            string.Concat(Enumerable.Repeat("true ? true : ", 250)) + "true",
            string.Concat(Enumerable.Repeat("1+", 2000)) + "1 == 1",
            "payload" + string.Concat(Enumerable.Repeat(".a", 2000)),
            string.Concat(Enumerable.Repeat("[1].exists(x, ", 100)) + "true" + new string(')', 100),
            string.Concat(Enumerable.Repeat("{'a':", 600)) + "1" + new string('}', 600) + " == {}",
        })
        {
            Assert.False(Condition.TryCompile(text, out _, out errors));
            Assert.Single(errors);
        }
        Assert.True(Condition.TryCompile(new string('(', 60) + "true" + new string(')', 60), out _, out _));
        Assert.True(Condition.TryCompile(string.Join(" && ", Enumerable.Repeat("true", 500)), out _, out _));
        Assert.True(Condition.TryCompile(string.Concat(Enumerable.Repeat("1+", 200)) + "1 == 201", out var sum, out _));
        Assert.True(sum.Evaluate(SemanticsTests.Input).Value);
    }

    [Fact]
    public void Loops_inside_one_another_are_bounded()
    {
        static string Loops(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"[1].exists(x{i}, ")) + "true" + new string(')', count);
        Assert.True(Condition.TryCompile(Loops(6), out var condition, out _));
        Assert.True(condition.Evaluate(SemanticsTests.Input).Value);
        Assert.False(Condition.TryCompile(Loops(7), out _, out var errors));
        Assert.Contains("6 loops", errors[0].Message, StringComparison.Ordinal);
    }
}
