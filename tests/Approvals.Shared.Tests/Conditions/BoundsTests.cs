using System.Diagnostics;
using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Shared.Tests.Conditions;

public sealed class BoundsTests
{
    private const string OutOfSteps = "The condition took more steps than it is allowed.";

    /// <summary>Milliseconds in fact; what must not be is minutes.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("payload.many.exists(a, payload.many.exists(b, a + b < 0))")]
    [InlineData("payload.many.exists(a, payload.many.exists(b, a + b < 0)) || true")]
    [InlineData("!payload.many.all(a, payload.many.exists(b, payload.many.exists(c, a + b + c < 0)))")]
    [InlineData("payload.many.map(a, payload.many.map(b, payload.long)).size() > 0")]
    [InlineData("payload.many.map(a, payload.long + payload.long).size() > 0")]
    [InlineData("payload.many.exists(a, payload.long.contains('zz'))")]
    [InlineData("payload.many.exists(a, payload.long == payload.alsoLong)")]
    [InlineData("payload.many.exists(a, payload.many == payload.alsoMany)")]
    [InlineData("payload.many.exists(a, -1 in payload.many)")]
    [InlineData("payload.many.exists(a, payload.long.matches('(x+x+)+y'))")]
    [InlineData("payload.many.exists(a, size(payload.long) == 1)")]
    [InlineData("payload.many.exists(a, payload.long > payload.alsoLong)")]
    [InlineData("payload.many.exists(a, (payload.many + payload.many).size() == 1)")]
    [InlineData("payload.many.exists(a, int(payload.long) < 0)")]
    [InlineData("payload.many.exists(a, double(payload.long) < 0.0)")]
    [InlineData("payload.many.exists(a, {payload.long: a}.size() == 2)")]
    [InlineData("payload.many.exists(a, payload.long in payload)")]
    [InlineData("payload.many.exists(a, payload[payload.long] == a)")]
    [InlineData("payload.many.exists(a, payload.named == payload.alsoNamed)")]
    [InlineData("payload.many.exists(a, 'x'.matches(string(a) + '[ab]{1,50}'))")]
    public void Work_that_grows_is_stopped(string text)
    {
        var clock = Stopwatch.StartNew();
        var result = SemanticsTests.Compile(text).Evaluate(Large);
        Assert.Equal(OutOfSteps, result.Fault?.Message);
        Assert.False(result.Value);
        Assert.True(clock.Elapsed < Soon, $"{clock.Elapsed}");
    }

    [Fact]
    public void Steps_are_as_the_input_says()
    {
        var condition = SemanticsTests.Compile("[1, 2, 3].all(x, x > 0)");
        Assert.True(condition.Evaluate(With(9)).Value);
        Assert.True(condition.Evaluate(With(1)).IsError);

        static ConditionInput With(int steps) => new() { Payload = default, Now = default, MaxSteps = steps };
    }

    [Fact]
    public void A_long_list_is_within_the_bounds() =>
        Assert.True(SemanticsTests.Compile("payload.many.all(n, n >= 0 && n < 100000)").Evaluate(Large).Value);

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*a){20}$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    public void A_hostile_pattern_stays_fast(string pattern)
    {
        var input = new ConditionInput { Payload = Value.Map(("s", Value.From(new string('a', 10_000) + "!")), ("p", Value.From(pattern))), Now = default };
        foreach (var text in new[] { $"payload.s.matches('{pattern}')", "payload.s.matches(payload.p)" })
        {
            var condition = SemanticsTests.Compile(text);
            var clock = Stopwatch.StartNew();
            var result = condition.Evaluate(input);
            Assert.False(result.Value);
            Assert.True(clock.Elapsed < Soon, $"{clock.Elapsed}");
        }
    }

    [Fact]
    public void One_condition_serves_many_threads()
    {
        var condition = SemanticsTests.Compile("payload.lines.exists(l, l.amount == 30) && payload.vendor.isNew");
        var other = new ConditionInput { Payload = JsonText.Parse("""{"vendor":{"x":1,"isNew":true},"a":0,"lines":[{"x":1,"amount":7}]}"""), Now = default };
        Parallel.For(0, 20_000, i =>
        {
            Assert.True(condition.Evaluate(SemanticsTests.Input).Value);
            Assert.False(condition.Evaluate(other).Value);
        });
    }

    [Fact]
    public void Evaluation_does_not_allocate()
    {
        var condition = SemanticsTests.Compile("payload.amount > 5000 || (payload.vendor.isNew && payload.lines.exists(l, l.category == 'none'))");
        condition.Evaluate(SemanticsTests.Input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            condition.Evaluate(SemanticsTests.Input);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static readonly ConditionInput Large = new()
    {
        Payload = Value.Map(
            ("many", Numbers(5000, 0)), ("alsoMany", Numbers(5000, 1)), ("long", Value.From(new string('x', 60_000))), ("alsoLong", Value.From(new string('x', 59_999) + "y")),
            ("named", Value.Map((new string('x', 20_000), Value.True))), ("alsoNamed", Value.Map((new string('x', 20_000), Value.False)))),
        Now = default,
    };

    private static Value Numbers(int count, int last) =>
        Value.List([.. Enumerable.Range(0, count - 1).Append(last).Select(i => Value.From((double)i))]);
}
