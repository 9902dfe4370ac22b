using Approvals.Conditions.Functions;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Checking;

internal sealed partial class Checker
{
    private StaticType CallType(CallExpr call, Scope? scope)
    {
        if (!FunctionTable.All.TryGetValue(call.Function, out var function))
        {
            // What is wrong with the arguments may be for the same reason: list.any(item, …) has a variable.
            FailFunction(call);
            return StaticType.Any;
        }
        var types = call.Values.Select(value => TypeOf(value, scope)).ToArray();
        var style = call.Target is null ? CallStyle.Global : CallStyle.Receiver;
        if (!function.Style.HasFlag(style))
        {
            Fail(call.Offset, Phrase.With(Texts.ConditionNotWritten, call.Function), Suggestion.Meant(FunctionNames.Form(call.Function, function.Style)));
            return function.Overloads[0].Result;
        }
        var overload = function.Overloads.FirstOrDefault(candidate => Takes(candidate, types));
        if (overload is null)
        {
            FailArguments(call, function, types);
            return function.Overloads[0].Result;
        }
        CheckLiteral(call);
        return overload.Result;
    }

    private static bool Takes(Overload overload, StaticType[] types) =>
        overload.Parameters.Length == types.Length
        && overload.Parameters.Zip(types).All(pair => pair.First.Kind is not { } kind || pair.Second.MayBe(kind));

    private void FailFunction(CallExpr call)
    {
        var word = call.Function;
        var isKnown = FunctionNames.Contains(word);
        var meant = ForeignWords.Signs.GetValueOrDefault(word)
            ?? (call.Target is null && Words.Inputs.FirstOrDefault(input => input.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } input ? input : null)
            ?? (call.Target is null && !isKnown ? ForeignWords.Names.GetValueOrDefault(word) : null);
        var suggestion = meant is null && !isKnown ? ForeignWords.AsSentence(word) : null;
        meant ??= suggestion is null ? FunctionNames.Written(word) : null;
        // A word that is a function all the same was only written the wrong way round.
        var message = Phrase.With(isKnown ? Texts.ConditionNoFunctionForm : Texts.ConditionNoFunction, word);
        Fail(call.Offset, message, suggestion ?? (meant is null ? null : Suggestion.Meant(meant)));
    }

    private void FailArguments(CallExpr call, FunctionSpec function, StaticType[] types)
    {
        var isMember = call.Target is not null;
        var counts = function.Overloads.Select(overload => overload.Parameters.Length - (isMember ? 1 : 0)).Distinct().Order().ToArray();
        var given = types.Length - (isMember ? 1 : 0);
        if (!counts.Contains(given))
        {
            Fail(call.Offset, counts is [1]
                ? Phrase.With(Texts.ConditionArgumentCount, call.Function, given)
                : Phrase.With(Texts.ConditionArgumentCounts, call.Function, string.Join(Texts.ConditionOr, counts), given));
            return;
        }
        var wanted = function.Overloads.Where(overload => overload.Parameters.Length == types.Length)
            .Select(overload => string.Join(Texts.ConditionAnd, overload.Parameters)).Distinct();
        Fail(call.Offset, Phrase.With(
            Texts.ConditionArgumentTypes, call.Function, string.Join(Texts.ConditionOrElse, wanted), string.Join(Texts.ConditionAnd, types.AsEnumerable())));
    }

    /// <summary>A literal that its function is going to refuse is the author's mistake, not the payload's.</summary>
    private void CheckLiteral(CallExpr call)
    {
        if (call.Values[^1] is not LiteralExpr { Value.Kind: ValueKind.String } literal)
        {
            return;
        }
        var text = literal.Value.AsString();
        if (call.Function == "matches" && !Patterns.TryCompile(text, out _, out var error))
        {
            Fail(literal.Start, Phrase.With(Texts.ConditionPattern, error));
        }
        else if (call.Function == "timestamp" && !Rfc3339.TryParse(text, out _))
        {
            Fail(literal.Start, Texts.ConditionNoTimestamp, Texts.SuggestTimestamp);
        }
        else if (call.Function == "duration" && !DurationText.TryParse(text, out _))
        {
            Fail(literal.Start, Texts.ConditionNoDuration, InHours(text));
        }
    }

    private static string InHours(string text) => text.EndsWith('d') && int.TryParse(text[..^1], out var days) && days is > 0 and < 100_000
        ? Phrase.With(Texts.SuggestHours, days * 24)
        : Texts.SuggestDuration;
}
