using System.Globalization;
using Approvals.Conditions.Compiling;
using Approvals.Values;

namespace Approvals.Conditions.Functions;

/// <summary><c>int() double() string() timestamp() duration()</c>.</summary>
internal static class Conversions
{
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Doubles lose their fraction (±2^63 itself is out of range, as in CEL); timestamps become seconds since 1970.</summary>
    public static Value ToInt(ref Frame frame, Node call, Value first, Value second)
    {
        switch (first.Kind)
        {
            case ValueKind.Int:
                return first;
            case ValueKind.Double:
                var number = Math.Truncate(first.RawDouble);
                return number is > -9223372036854775808.0 and < 9223372036854775808.0
                    ? Value.From((long)number)
                    : frame.Fail(call, Faults.IntRange, first);
            case ValueKind.String:
                return !ChargeText(ref frame, first) ? Value.Fault
                    : long.TryParse(first.AsString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? Value.From(whole)
                    : frame.Fail(call, Faults.NoInt, first);
            case ValueKind.Timestamp:
                return Value.From(first.AsTimestamp().ToUnixTimeSeconds());
            default:
                return frame.Fail(call, Faults.ToInt, first);
        }
    }

    public static Value ToDouble(ref Frame frame, Node call, Value first, Value second)
    {
        switch (first.Kind)
        {
            case ValueKind.Double:
                return first;
            case ValueKind.Int:
                return Value.From((double)first.RawBits);
            case ValueKind.String:
                return !ChargeText(ref frame, first) ? Value.Fault
                    : TryDouble(first.AsString(), out var number) ? Value.From(number)
                    : frame.Fail(call, Faults.NoDouble, first);
            default:
                return frame.Fail(call, Faults.ToDouble, first);
        }
    }

    /// <summary>Numbers are read as far as they go; other conversions refuse long texts at sight.</summary>
    private static bool ChargeText(ref Frame frame, Value text) => frame.Charge(text.AsString().Length / Work.UnitsPerStep);

    /// <summary>Digits, or <c>NaN</c>, <c>Infinity</c> and <c>Inf</c> in any case. Digits beyond the range of a double are none: they would come out as infinite.</summary>
    private static bool TryDouble(string text, out double number)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }
        number = text.ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            _ => 0,
        };
        return number != 0;
    }

    public static Value ToText(ref Frame frame, Node call, Value first, Value second) => first.Kind switch
    {
        ValueKind.String => first,
        ValueKind.Bool => Value.From(first.RawBits != 0 ? "true" : "false"),
        ValueKind.Int => Value.From(first.RawBits.ToString(CultureInfo.InvariantCulture)),
        ValueKind.Double => Value.From(NumberText.Of(first.RawDouble)),
        ValueKind.Timestamp => Value.From(Rfc3339.Format(first.RawNanos)),
        ValueKind.Duration => Value.From(DurationText.Format(first.RawNanos)),
        _ => frame.Fail(call, Faults.ToText, first),
    };

    /// <summary>RFC 3339 text, or seconds since 1970.</summary>
    public static Value ToTimestamp(ref Frame frame, Node call, Value first, Value second)
    {
        switch (first.Kind)
        {
            case ValueKind.Timestamp:
                return first;
            case ValueKind.String:
                return Rfc3339.TryParseNanos(first.AsString(), out var instant)
                    ? Value.Timestamp(instant)
                    : frame.Fail(call, Faults.NoTimestamp, first);
            case ValueKind.Int:
                return first.RawBits >= FirstSecond && first.RawBits <= LastSecond
                    ? Value.From(DateTimeOffset.FromUnixTimeSeconds(first.RawBits))
                    : frame.Fail(call, Faults.Seconds, first);
            default:
                return frame.Fail(call, Faults.ToTimestamp, first);
        }
    }

    public static Value ToDuration(ref Frame frame, Node call, Value first, Value second)
    {
        if (first.Kind == ValueKind.Duration)
        {
            return first;
        }
        if (first.TextOrNull is not { } text)
        {
            return frame.Fail(call, Faults.ToDuration, first);
        }
        return DurationText.TryParse(text, out var duration)
            ? Value.Duration(duration)
            : frame.Fail(call, Faults.NoDuration, first);
    }
}
