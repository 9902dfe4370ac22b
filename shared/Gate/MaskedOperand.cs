using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>Masks what a condition looked at, by the path under which an explanation shows it.</summary>
internal static class MaskedOperand
{
    private static readonly string[] Inputs = ["payload", "actor", "subject", "now"];

    /// <param name="name">E.g. <c>payload.vendor.iban</c>, or <c>payload.lines.2</c> for one item.</param>
    public static Value Of(string name, Value value, ImmutableArray<string> sensitive)
    {
        if (sensitive.IsEmpty)
        {
            return value;
        }
        var steps = name.Split('.');
        if (steps[0] != Inputs[0])
        {
            // Items that a condition made by itself may hold anything of the payload.
            return Array.IndexOf(Inputs, steps[0]) > 0 ? value : Value.From(Masking.Mask);
        }
        foreach (var path in sensitive)
        {
            value = Within(steps.AsSpan(1), SensitivePath.Steps(path), value);
        }
        return value;
    }

    private static Value Within(ReadOnlySpan<string> shown, ReadOnlySpan<string> sensitive, Value value)
    {
        if (shown.IsEmpty || sensitive.IsEmpty)
        {
            return Masking.Apply(value, sensitive);
        }
        var isSame = sensitive[0] == "*" || sensitive[0] == shown[0];
        var after = isSame ? Within(shown[1..], sensitive[1..], value) : value;
        // A position in a list, which sensitive paths may pass over.
        return char.IsAsciiDigit(shown[0] is [var first, ..] ? first : ' ') ? Within(shown[1..], sensitive, after) : after;
    }
}
