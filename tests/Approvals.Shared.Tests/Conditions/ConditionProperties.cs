using Approvals.Conditions;
using Approvals.Shared.Tests.Conditions.Reference;
using Approvals.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Conditions;

public sealed class ConditionProperties
{
    private static readonly string[] Words =
    [
        "payload", "actor", "now", "amount", ".", ".", "(", ")", "[", "]", "{", "}", ",", ":", "?", "+", "-", "*", "/", "%", "!", "&&", "||", "==", "!=",
        "<", "<=", ">", ">=", "in", "has", "size", "exists", "all", "map", "filter", "matches", "timestamp", "duration", "int", "string", "true", "false",
        "null", "0", "1", "2.5", "1e400", "9223372036854775808", "'a'", "\"b\"", "'", "\\", "x", "x,", "\n", "//", "é", "😀", "'('", "'[a-'", "'7d'", "\0",
    ];

    [Fact]
    public void Any_text_is_compiled_or_refused_with_a_place() => Holds(2000,
        Gen.OneOf(
            Gen.Elements(Words).ArrayOf().Select(words => string.Join(' ', words)),
            Gen.Elements(Words).ArrayOf().Select(string.Concat),
            Gen.Choose(0, 0xFFFF).Select(code => (char)code).ArrayOf().Select(units => new string(units)),
            Sketches.Condition.Zip(Gen.Choose(0, 100_000).Two()).Select(pair => Damaged(pair.Item1.Text, pair.Item2.Item1, pair.Item2.Item2))),
        text =>
        {
            if (!Condition.TryCompile(text, out var condition, out var errors))
            {
                return errors.Length > 0 && errors.All(error => error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0
                    && error.Line <= text.Count(c => c == '\n') + 1 && error.Column <= text.Length + 1);
            }
            var result = condition.Evaluate(SemanticsTests.Input);
            return result.Fault is null || (result.Fault.Message.Length > 0 && result.Fault.Line >= 1 && result.Fault.Column >= 1);
        });

    [Fact]
    public void A_compiled_condition_comes_to_what_the_naive_evaluator_says()
    {
        var compiled = 0;
        var total = 0;
        var (values, faults) = (0, 0);
        Holds(3000, Sketches.Condition.Zip(Sketches.Payload), pair =>
        {
            total++;
            if (!Condition.TryCompile(pair.Item1.Text, out var condition, out _))
            {
                return true;
            }
            compiled++;
            var expected = Expected(pair.Item1, pair.Item2);
            var result = condition.Evaluate(Input(pair.Item2));
            _ = expected is null ? faults++ : values++;
            return expected is null ? result.IsError : !result.IsError && result.Value == expected;
        });

        // Otherwise the property would say little.
        Assert.True(compiled > total / 2, $"{compiled} of {total} compiled");
        Assert.True(values > total / 5 && faults > total / 20, $"{values} values, {faults} faults");
    }

    [Fact]
    public void An_explanation_agrees_with_the_evaluation() => Holds(1000, Sketches.Condition.Zip(Sketches.Payload), pair =>
    {
        if (!Condition.TryCompile(pair.Item1.Text, out var condition, out _))
        {
            return true;
        }
        var result = condition.Evaluate(Input(pair.Item2));
        var items = condition.Explain(Input(pair.Item2));
        var lone = items.Length == 1 && items[0].Expression == condition.Text;
        return items.Length > 0
            && items.Any(item => item.Needed)
            && items.All(item => condition.Text.Contains(item.Expression, StringComparison.Ordinal) && (item.Error is null || item.Needed))
            && (!result.IsError || items.Any(item => item.Error is not null))
            && (!lone || result.IsError || items[0].Value == Value.From(result.Value));
    });

    private static bool? Expected(Sketch sketch, Dictionary<string, object?> payload)
    {
        try
        {
            return Naive.Bool(sketch.Value(new Dictionary<string, object?> { ["payload"] = payload }));
        }
        catch (Naive.NaiveFaultException)
        {
            return null;
        }
    }

    private static ConditionInput Input(Dictionary<string, object?> payload) => new() { Payload = Sketches.ToValue(payload), Now = default };

    private static string Damaged(string text, int at, int by)
    {
        at %= text.Length;
        return text[..at] + Words[by % Words.Length] + text[Math.Min(text.Length, at + (by % 3))..];
    }

    private static void Holds<T>(int tests, Gen<T> values, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(60), Prop.ForAll(values.ToArbitrary(), property));
}
