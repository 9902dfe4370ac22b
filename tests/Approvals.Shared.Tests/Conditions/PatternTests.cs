using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Shared.Tests.Conditions;

/// <summary>RE2's syntax (github.com/google/re2/wiki/Syntax) where .NET's differs.</summary>
public sealed class PatternTests
{
    public static readonly TheoryData<string> Refused = new()
    {
        { @"(a)\1" },
        { "(?=a)" },
        { "(?!a)" },
        { "(?<=a)" },
        { "(?<!a)" },
        { "(?>a)" },
        { "(?#a)" },
        { "(?x)a b" },
        { "(?U)a" },
        { "(?(1)a)" },
        { "(?P=a)" },
        { "(?'a'b)" },
        { @"\C" },
        { @"\Z" },
        { @"\k<a>" },
        { @"\p{Greek}" },
        { @"\p{" },
        { @"\p" },
        { @"\xZZ" },
        { @"\x{110000}" },
        { @"\" },
        { "[a" },
        { "[" },
        { "[^" },
        { @"[\" },
        { @"[\b]" },
        { "[z-a]" },
        { "[a-" },
        { "[[:word" },
        { "[[:nothing:]]" },
        { "[[:]" },
        { "[😀]" },
        { "a**" },
        { "*a" },
        { "a)" },
        { "(a" },
        { "(?" },
        { "(?P<a" },
        { "a{1001}" },
        { "((a{100}){100}){100}" },
        { "a{3,2}" },
        { "a{99999999999}" },
        { new string('a', 513) },
    };

    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("^abc$", "abc", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("(?m)^b$", "a\nb\nc", true)]
    [InlineData("(?m:^b$)|x$", "a\nb\nc", true)]
    [InlineData("(?m:a)b$", "ab\n", false)]
    [InlineData("((?m)b$)c|b$", "ab\n", false)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("(?i)ACME", "acme", true)]
    [InlineData("(?i-s:A)b", "ab", true)]
    [InlineData(@"^\d+$", "123", true)]
    [InlineData(@"^\d+$", "١٢٣", false)]
    [InlineData(@"^\w+$", "straße", false)]
    [InlineData(@"^\pL+$", "straße", true)]
    [InlineData(@"^\p{Lu}\P{Lu}+$", "Straße", true)]
    [InlineData(@"^\p{^Lu}$", "s", true)]
    [InlineData(@"^\s$", "\u00a0", false)]
    [InlineData(@"^[\d-]+$", "12-3", true)]
    [InlineData(@"^[\D]$", "x", true)]
    [InlineData(@"^[^\W_]$", "_", false)]
    [InlineData(@"^[\S]$", " ", false)]
    [InlineData("^[[:alpha:]]+$", "abc", true)]
    [InlineData("^[[:alpha:]]+$", "a:", false)]
    [InlineData("^[[:^digit:]x]+$", "abc", true)]
    [InlineData("^[a-z-[aeiou]]$", "b]", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[^]a]$", "b", true)]
    [InlineData("^[[]$", "[", true)]
    [InlineData(@"^[a\-z]+$", "a-z", true)]
    [InlineData(@"^[\x41-\x{43}]$", "B", true)]
    [InlineData(@"\x{1F600}", "x😀", true)]
    [InlineData("^😀+$", "😀😀", true)]
    [InlineData(@"^\Qa.b\E$", "a.b", true)]
    [InlineData(@"^\Qa.b", "axb", false)]
    [InlineData(@"\Aabc\z", "abc", true)]
    [InlineData(@"\bcm", "a cme", true)]
    [InlineData("(?P<year>[0-9]{4})-(?<month>[0-9]{2})", "on 2026-03", true)]
    [InlineData("a{2,3}?b", "aab", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("x*", "", true)]
    [InlineData(@"\.", "a.b", true)]
    [InlineData(@"\$5", "$5", true)]
    [InlineData("#", "a # b", true)]
    [InlineData("a b", "a b", true)]
    public void Pattern_finds(string pattern, string text, bool expected)
    {
        var input = new ConditionInput { Payload = Value.Map(("text", Value.From(text)), ("pattern", Value.From(pattern))), Now = default };
        var result = SemanticsTests.Compile("payload.text.matches(payload.pattern)").Evaluate(input);
        Assert.Equal((expected, null), (result.Value, result.Fault?.Message));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Pattern_is_refused(string pattern)
    {
        var input = new ConditionInput { Payload = Value.Map(("pattern", Value.From(pattern))), Now = default };
        var result = SemanticsTests.Compile("'x'.matches(payload.pattern)").Evaluate(input);
        Assert.StartsWith("The pattern '", result.Fault?.Message, StringComparison.Ordinal);
        var literal = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        Assert.False(Condition.TryCompile($"payload.x.matches('{literal}')", out _, out var errors));
        Assert.Equal(19, errors[0].Column);
    }
}
