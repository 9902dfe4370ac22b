using Approvals.Conditions.Compiling;
using Approvals.Values;

namespace Approvals.Conditions.Functions;

/// <summary>The functions of strings (and <c>size</c>). Comparison is ordinal: case counts and culture does not.</summary>
internal static class TextFunctions
{
    /// <summary>Code points of a string, items of a list, members of a map.</summary>
    public static Value Size(ref Frame frame, Node call, Value first, Value second)
    {
        if (first.TextOrNull is { } text)
        {
            return frame.Charge(text.Length / Work.UnitsPerStep) ? Value.From((long)CodePoints.Count(text)) : Value.Fault;
        }
        if (first.ListOrNull is { } items)
        {
            return Value.From((long)items.Length);
        }
        return first.MapOrNull is { } map
            ? Value.From((long)map.Count)
            : frame.Fail(call, Faults.Size, first);
    }

    public static Value Contains(ref Frame frame, Node call, Value first, Value second) =>
        Texts(ref frame, call, "contains", first, second) ? Value.From(first.AsString().Contains(second.AsString(), StringComparison.Ordinal)) : Value.Fault;

    public static Value StartsWith(ref Frame frame, Node call, Value first, Value second) =>
        Texts(ref frame, call, "startsWith", first, second) ? Value.From(first.AsString().StartsWith(second.AsString(), StringComparison.Ordinal)) : Value.Fault;

    public static Value EndsWith(ref Frame frame, Node call, Value first, Value second) =>
        Texts(ref frame, call, "endsWith", first, second) ? Value.From(first.AsString().EndsWith(second.AsString(), StringComparison.Ordinal)) : Value.Fault;

    /// <summary>With a pattern that is only known now; a literal one is compiled with the condition.</summary>
    public static Value Matches(ref Frame frame, Node call, Value first, Value second)
    {
        if (!Texts(ref frame, call, "matches", first, second))
        {
            return Value.Fault;
        }
        // Paid for before it is compiled, and before it is looked for.
        var pattern = PatternCache.Shared.Get(second.AsString(), frame.Input);
        if (!frame.ChargePattern(pattern.CompileSteps) || (pattern.Size is { } size && !frame.ChargePattern(size.FindSteps(first.AsString().Length))))
        {
            return Value.Fault;
        }
        return pattern.TryCompile(out var regex)
            ? Patterns.Run(ref frame, call, regex, first.AsString())
            : frame.Fail(call, Faults.Pattern, second);
    }

    private static bool Texts(ref Frame frame, Node call, string name, Value first, Value second)
    {
        if (first.TextOrNull is not { } text || second.TextOrNull is null)
        {
            frame.Fail(call, Faults.TwoTexts(name), first, second);
            return false;
        }
        return frame.Charge(text.Length / Work.UnitsPerStep);
    }
}
