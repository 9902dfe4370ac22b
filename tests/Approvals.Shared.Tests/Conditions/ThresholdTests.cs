using Approvals.Conditions;

namespace Approvals.Tests.Conditions;

/// <summary>The bounds that can be read off a condition.</summary>
public sealed class ThresholdTests
{
    [Theory]
    [InlineData("payload.amount > 5000", "payload.amount > 5000")]
    [InlineData("payload.amount >= 5000 || payload.isNew", "payload.amount >= 5000")]
    [InlineData("5000 < payload.amount", "payload.amount > 5000")]
    [InlineData("!(payload.amount <= 5000)", "payload.amount > 5000")]
    [InlineData("payload.isNew ? payload.amount > 100 : payload.amount > 900", "payload.amount > 100, payload.amount > 900")]
    [InlineData("payload.a.b > -2.5 && payload.a.b > -2.5", "payload.a.b > -2.5")]
    [InlineData("payload.margin < 0.2", "")]
    [InlineData("!(payload.amount > 5000)", "")]
    [InlineData("payload.amount == 5000", "")]
    [InlineData("payload.amount > payload.limit", "")]
    [InlineData("payload.lines.exists(line, line.amount > 5)", "")]
    public void Comparisons_that_become_true_above_are_bounds(string text, string expected)
    {
        Assert.True(Condition.TryCompile(text, out var condition, out _));
        Assert.Equal(expected, string.Join(", ", condition.Thresholds.Select(bound => FormattableString.Invariant($"{bound.Path} {(bound.Inclusive ? ">=" : ">")} {bound.Bound}"))));
    }
}
