using System.Globalization;
using Approvals.Conditions;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Shared.Tests.Conditions;

/// <summary>Patterns out of payloads are paid for by what they come to, before they are compiled. Counted in steps: how long those take is measured in bench/.</summary>
public sealed class PatternPriceTests
{
    private const string OutOfSteps = "The condition took more steps than it is allowed.";
    private const string Hostile = @"[\pL\pN](\PL{30}){30}";

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("", 1)]
    [InlineData("^a$", 3)]
    [InlineData("[a-z]{20}", 20)]
    [InlineData("(a{30}){30}", 900)]
    [InlineData("(ab|c){10}x", 41)]
    [InlineData("a{2,}", 2)]
    [InlineData("a{,2}", 5)]
    [InlineData("(?i)ab(?m:c)", 3)]
    [InlineData(@"\Qa.b\E\d", 4)]
    [InlineData("a{1000}", 1000)]
    public void Size_counts_repetitions_out(string pattern, int size)
    {
        Assert.Equal(size, new Pattern(pattern).Size?.Total);
    }

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("(((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}")]
    public void What_comes_to_too_much_is_refused_at_sight(string pattern)
    {
        Assert.Null(new Pattern(pattern).Size);
        Assert.StartsWith("The pattern '", Run("'x'.matches(payload.p)", ("p", Value.From(pattern))).Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_and_length_make_compiling_dearer()
    {
        Assert.True(Steps("a") < Steps("abcdefgh"));
        Assert.True(4 * Steps("a") < Steps(@"\pL"));
        Assert.True(Steps(@"\pL") < Steps(@"[\pL\pN]"));
        Assert.Equal(Steps(@"\p{L}"), Steps("(?i)a"));

        static int Steps(string pattern) => new Pattern(pattern).CompileSteps;
    }

    [Theory]
    [InlineData("a", 500, 30)]
    [InlineData(Hostile, 500, 1)]
    public void Of_many_new_patterns_few_are_compiled(string pattern, int count, int most)
    {
        var rules = Value.List([.. Enumerable.Range(0, count).Select(i => Value.From($"{pattern}{i}"))]);
        var result = Run("payload.rules.exists(r, payload.s.matches(r))", ("s", Value.From("zzz")), ("rules", rules));
        Assert.Equal(OutOfSteps, result.Fault?.Message);

        var few = Value.List([.. Enumerable.Range(0, most).Select(i => Value.From($"{pattern}{i}"))]);
        Assert.Null(Run("payload.rules.exists(r, payload.s.matches(r))", ("s", Value.From("zzz")), ("rules", few)).Fault?.Message);
    }

    [Theory]
    [InlineData("{0}", 300)]
    [InlineData("[a{0}]", 90)]
    [InlineData("[^{0}]", 90)]
    [InlineData(@"\x{{{1:x}}}", 60)]
    [InlineData("({0}|b)", 90)]
    public void Many_kinds_of_characters_are_paid_by_their_pairs(string part, int count)
    {
        Assert.Equal(OutOfSteps, Run("payload.s.matches(payload.p)", ("s", Value.From("zzz")), ("p", Value.From(Pattern(0x410, 3)))).Fault?.Message);
        Assert.Null(Run("payload.s.matches(payload.p)", ("s", Value.From("zzz")), ("p", Value.From(Pattern(0x410, 0)))).Fault?.Message);

        string Pattern(int first, int step) => string.Concat(
            Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, part, (char)(first + (i * step)), first + (i * step))));
    }

    [Fact]
    public void An_ordinary_sentence_is_no_dear_pattern()
    {
        Assert.Null(Run(
            "payload.s.matches(payload.p)", ("s", Value.From("zzz")), ("p", Value.From("(?:Purchase order|Vendor bill) no. [0-9]{4,8} of Nordwind GmbH"))).Fault?.Message);
    }

    [Fact]
    public void The_price_is_the_same_whether_or_not_it_is_known()
    {
        var pattern = $"once{Guid.NewGuid():N}";
        Assert.Equal(Least(pattern), Least(pattern));

        // The least steps with which it succeeds.
        static int Least(string pattern)
        {
            var (low, high) = (0, ConditionInput.DefaultMaxSteps);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Run("!payload.s.matches(payload.p)", middle, ("s", Value.From("text")), ("p", Value.From(pattern))).IsError ? (middle + 1, high) : (low, middle);
            }
            return low;
        }
    }

    [Theory]
    [InlineData("(a|b)*a(a|b){20}c", 1000)]
    [InlineData("(a|b)*a(a|b){200}c", 100)]
    [InlineData("[ab]a[ab]{30}$", 2000)]
    public void Looking_for_what_has_many_states_is_paid_by_its_size(string pattern, int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (i * i / 7 % 3) == 0 ? 'a' : 'b'));
        Assert.Equal(OutOfSteps, Run("payload.s.matches(payload.p)", ("s", Value.From(text)), ("p", Value.From(pattern))).Fault?.Message);
    }

    [Fact]
    public void An_explanation_compiles_no_more_than_an_evaluation()
    {
        var condition = SemanticsTests.Compile("payload.rules.exists(r, payload.s.matches(r))");
        Assert.True(Ends(30).Item1);
        Assert.False(Ends(40).Item1);
        Assert.Equal(Ends(30).Item1, Ends(30).Item2);
        Assert.Equal(Ends(40).Item1, Ends(40).Item2);

        // Whether an evaluation comes to its end, and whether an explanation does.
        (bool, bool) Ends(int count)
        {
            var input = new ConditionInput
            {
                Payload = Value.Map(("s", Value.From("zzz")), ("rules", Value.List([.. Enumerable.Range(0, count).Select(i => Value.From($"e{i}"))]))),
                Now = default,
            };
            return (!condition.Evaluate(input).IsError, condition.Explain(input)[0].Value is not null);
        }
    }

    [Fact]
    public void A_plain_text_is_looked_for_in_long_ones()
    {
        var result = Run("payload.s.matches(payload.p)", ("s", Value.From(new string('a', 60_000) + "needle")), ("p", Value.From("needle")));
        Assert.Equal((true, null), (result.Value, result.Fault?.Message));
    }

    [Fact]
    public void Cache_keeps_what_comes_again_though_many_come_once()
    {
        var cache = new PatternCache(most: 4, mostNew: 8);
        var plain = cache.Get("plain", new object());
        Assert.Same(plain, cache.Get("plain", new object()));
        var hostile = new object();
        for (var i = 0; i < 1000; i++)
        {
            // Twice within one evaluation is once.
            var first = cache.Get($"h{i}", hostile);
            Assert.Same(first, cache.Get($"h{i}", hostile));
        }
        Assert.Same(plain, cache.Get("plain", new object()));

        // Those that came again make room for one another, the least used first.
        for (var i = 0; i < 3; i++)
        {
            cache.Get($"again{i}", new object());
            cache.Get($"again{i}", new object());
        }
        Assert.Same(plain, cache.Get("plain", new object()));
        var former = cache.Get("again0", new object());
        cache.Get("again3", new object());
        cache.Get("again3", new object());
        Assert.Same(plain, cache.Get("plain", new object()));
        Assert.Same(former, cache.Get("again0", new object()));
    }

    private static ConditionResult Run(string condition, params ReadOnlySpan<(string, Value)> payload) => Run(condition, ConditionInput.DefaultMaxSteps, payload);

    private static ConditionResult Run(string condition, int steps, params ReadOnlySpan<(string, Value)> payload) =>
        SemanticsTests.Compile(condition).Evaluate(new ConditionInput { Payload = Value.Map(payload), Now = default, MaxSteps = steps });
}
