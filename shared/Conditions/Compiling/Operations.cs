using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

internal readonly struct Add : IArithmetic
{
    public static string Sign => "+";

    public static Value Of(ref Frame frame, Node at, double left, double right) => Value.From(left + right);

    public static FaultText? Of(long left, long right, out long result)
    {
        result = unchecked(left + right);
        return ((left ^ result) & (right ^ result)) < 0 ? Faults.Overflow : null;
    }

    public static Value Of(ref Frame frame, Node at, Value left, Value right)
    {
        if (left.TextOrNull is { } text && right.TextOrNull is { } more)
        {
            return frame.Charge((text.Length + more.Length) / Work.UnitsPerStep) ? Value.From(text + more) : Value.Fault;
        }
        if (left.ListOrNull is { } items && right.ListOrNull is { } others)
        {
            return frame.Charge(items.Length + others.Length) ? Value.Own([.. items, .. others]) : Value.Fault;
        }
        return (left.Kind, right.Kind) switch
        {
            (ValueKind.Timestamp, ValueKind.Duration) or (ValueKind.Duration, ValueKind.Timestamp) =>
                Times.Instant(ref frame, at, left.RawNanos + right.RawNanos),
            (ValueKind.Duration, ValueKind.Duration) => Times.Length(ref frame, at, left.RawNanos + right.RawNanos),
            _ => Value.Fault,
        };
    }
}

internal readonly struct Subtract : IArithmetic
{
    public static string Sign => "-";

    public static Value Of(ref Frame frame, Node at, double left, double right) => Value.From(left - right);

    public static FaultText? Of(long left, long right, out long result)
    {
        result = unchecked(left - right);
        return ((left ^ right) & (left ^ result)) < 0 ? Faults.Overflow : null;
    }

    public static Value Of(ref Frame frame, Node at, Value left, Value right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Timestamp, ValueKind.Duration) => Times.Instant(ref frame, at, left.RawNanos - right.RawNanos),
        (ValueKind.Timestamp, ValueKind.Timestamp) => Times.Between(ref frame, at, left.RawNanos - right.RawNanos),
        (ValueKind.Duration, ValueKind.Duration) => Times.Length(ref frame, at, left.RawNanos - right.RawNanos),
        _ => Value.Fault,
    };
}

internal readonly struct Multiply : IArithmetic
{
    public static string Sign => "*";

    public static Value Of(ref Frame frame, Node at, double left, double right) => Value.From(left * right);

    public static FaultText? Of(long left, long right, out long result)
    {
        var high = Math.BigMul(left, right, out result);
        return high == result >> 63 ? null : Faults.Overflow;
    }
}

internal readonly struct Divide : IArithmetic
{
    public static string Sign => "/";

    public static Value Of(ref Frame frame, Node at, double left, double right) => Value.From(left / right);

    public static FaultText? Of(long left, long right, out long result)
    {
        FaultText? error = right == 0 ? Faults.Division : left == long.MinValue && right == -1 ? Faults.Overflow : null;
        result = error is null ? left / right : 0;
        return error;
    }
}

/// <summary>Of ints alone, as in CEL.</summary>
internal readonly struct Modulo : IArithmetic
{
    public static string Sign => "%";

    public static Value Of(ref Frame frame, Node at, double left, double right) =>
        frame.Fail(at, Faults.Modulo);

    public static FaultText? Of(long left, long right, out long result)
    {
        FaultText? error = right == 0 ? Faults.Division : left == long.MinValue && right == -1 ? Faults.Overflow : null;
        result = error is null ? left % right : 0;
        return error;
    }
}

/// <summary>Results in nanoseconds, within the ranges of CEL's conformance tests.</summary>
internal static class Times
{
    public static Value Instant(ref Frame frame, Node at, Int128 nanos) =>
        nanos >= 0 && nanos <= Rfc3339.LastNano ? Value.Timestamp(nanos) : frame.Fail(at, Faults.TimestampRange);

    public static Value Length(ref Frame frame, Node at, Int128 nanos) =>
        Int128.Abs(nanos) <= DurationText.Longest ? Value.Duration(nanos) : frame.Fail(at, Faults.DurationRange);

    /// <summary>The time between two timestamps has 64 bits of nanoseconds, some 292 years.</summary>
    public static Value Between(ref Frame frame, Node at, Int128 nanos) =>
        nanos >= long.MinValue && nanos <= long.MaxValue ? Value.Duration(nanos) : frame.Fail(at, Faults.DurationRange);
}
