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
            Fail(call.Offset, $"'{call.Function}' is not written so.", $"Did you mean '{FunctionNames.Form(call.Function, function.Style)}'?");
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
        var suggestion = meant is null && !isKnown ? ForeignWords.Sentences.GetValueOrDefault(word) : null;
        meant ??= suggestion is null ? FunctionNames.Written(word) : null;
        // A word that is a function all the same was only written the wrong way round.
        Fail(call.Offset, $"There is no function '{word}'{(isKnown ? " of that form" : "")}.", suggestion ?? (meant is null ? null : $"Did you mean '{meant}'?"));
    }

    private void FailArguments(CallExpr call, FunctionSpec function, StaticType[] types)
    {
        var isMember = call.Target is not null;
        var counts = function.Overloads.Select(overload => overload.Parameters.Length - (isMember ? 1 : 0)).Distinct().Order().ToArray();
        var given = types.Length - (isMember ? 1 : 0);
        if (!counts.Contains(given))
        {
            Fail(call.Offset, $"{call.Function}() takes {string.Join(" or ", counts)} {(counts is [1] ? "argument" : "arguments")}, but there are {given}.");
            return;
        }
        var wanted = function.Overloads.Where(overload => overload.Parameters.Length == types.Length)
            .Select(overload => string.Join(" and ", overload.Parameters)).Distinct();
        Fail(call.Offset, $"{call.Function}() takes {string.Join(", or ", wanted)}, but this is {string.Join(" and ", types.AsEnumerable())}.");
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
            Fail(literal.Start, $"The pattern is refused: {error}");
        }
        else if (call.Function == "timestamp" && !Rfc3339.TryParse(text, out _))
        {
            Fail(literal.Start, "The text is no timestamp.", "Write it as \"2026-03-01T09:30:00Z\".");
        }
        else if (call.Function == "duration" && !DurationText.TryParse(text, out _))
        {
            Fail(literal.Start, "The text is no duration; its units are h, m, s, ms, us and ns.", InHours(text));
        }
    }

    private static string InHours(string text) => text.EndsWith('d') && int.TryParse(text[..^1], out var days) && days is > 0 and < 100_000
        ? $"Write \"{days * 24}h\"."
        : "Write it as \"36h\", \"90m\" or \"1h30m\".";
}
