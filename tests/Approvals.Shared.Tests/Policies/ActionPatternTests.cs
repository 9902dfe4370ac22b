using Approvals.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Tests.Policies;

/// <summary>Wildcards over action types.</summary>
public sealed class ActionPatternTests
{
    private static readonly Gen<string> ActionTypes = Gen.Elements("a", "b", "ab").NonEmptyListOf().Select(parts => string.Join('.', parts.Take(4)));

    private static readonly Gen<string> Patterns = Gen.OneOf(Gen.Constant("*"), ActionTypes, ActionTypes.Select(type => type + ".*"));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b-c.D_1", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("a.", false)]
    [InlineData(".a", false)]
    [InlineData("a..b", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("*", false)]
    public void An_action_type_has_segments(string text, bool isOne)
    {
        Assert.Equal(isOne, ActionPattern.IsActionType(text));
        Assert.Equal(isOne, ActionPattern.IsPattern(text + ".*"));
        Assert.Equal(isOne || text == "*", ActionPattern.IsPattern(text));
    }

    [Fact]
    public void An_action_type_has_at_most_200_characters()
    {
        Assert.True(ActionPattern.IsActionType(new string('a', 200)));
        Assert.False(ActionPattern.IsActionType(new string('a', 201)));
        Assert.False(ActionPattern.IsPattern(new string('a', 199) + ".*"));
    }

    [Fact]
    public void What_a_pattern_covers_it_matches() => Holds(Patterns.Two().Zip(ActionTypes), each =>
        !ActionPattern.Covers(each.Item1.Item1, each.Item1.Item2) || !ActionPattern.Matches(each.Item1.Item2, each.Item2) || ActionPattern.Matches(each.Item1.Item1, each.Item2));

    [Fact]
    public void The_common_pattern_matches_what_both_match() => Holds(Patterns.Two().Zip(ActionTypes), each =>
    {
        var (left, right) = each.Item1;
        var both = ActionPattern.Matches(left, each.Item2) && ActionPattern.Matches(right, each.Item2);
        return both == (ActionPattern.Common(left, right) is { } common && ActionPattern.Matches(common, each.Item2));
    });

    private static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(values.ToArbitrary(), property));
}
