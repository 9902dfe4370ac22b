using System.Globalization;
using Approvals.Conditions.Checking;
using Approvals.Conditions.Compiling;
using Approvals.Values;

namespace Approvals.Conditions.Functions;

/// <summary>The parts of timestamps, in UTC or in the time zone given, and of durations. Counted as CEL counts them: months and days of the week from 0.</summary>
internal static class TimeFunctions
{
    /// <summary>After which dates and days of the week are the same again.</summary>
    private const int CycleYears = 400;

    private static readonly TimeSpan Cycle = TimeSpan.FromDays(146_097);

    public static IEnumerable<FunctionSpec> Specs() =>
    [
        OfTimestamp("getFullYear", time => time.Year, CycleYears),
        OfTimestamp("getMonth", time => time.Month - 1),
        OfTimestamp("getDate", time => time.Day),
        OfTimestamp("getDayOfMonth", time => time.Day - 1),
        OfTimestamp("getDayOfWeek", time => (int)time.DayOfWeek),
        OfTimestamp("getDayOfYear", time => time.DayOfYear - 1),
        OfBoth("getHours", time => time.Hour, duration => (long)(duration / DurationText.Hour)),
        OfBoth("getMinutes", time => time.Minute, duration => (long)(duration / DurationText.Minute)),
        OfBoth("getSeconds", time => time.Second, duration => (long)(duration / DurationText.Second)),
        OfBoth("getMilliseconds", time => time.Millisecond, duration => (long)(duration % DurationText.Second / DurationText.Millisecond)),
    ];

    /// <param name="perCycle">What the part grows by in a cycle.</param>
    private static FunctionSpec OfTimestamp(string name, Func<DateTime, int> part, int perCycle = 0) => new(
        name, CallStyle.Receiver, Evaluate(name, part, _ => null, perCycle),
        new(StaticType.Int, StaticType.Timestamp), new(StaticType.Int, StaticType.Timestamp, StaticType.Text));

    /// <summary>Of a duration it is the whole of it in that unit; milliseconds alone are the part below a second.</summary>
    /// <param name="whole">Takes nanoseconds.</param>
    private static FunctionSpec OfBoth(string name, Func<DateTime, int> part, Func<Int128, long> whole) => new(
        name, CallStyle.Receiver,
        Evaluate(name, part, duration => whole(duration)),
        new(StaticType.Int, StaticType.Timestamp), new(StaticType.Int, StaticType.Timestamp, StaticType.Text),
        new(StaticType.Int, StaticType.Duration));

    private static Evaluator Evaluate(string name, Func<DateTime, int> ofTime, Func<Int128, long?> ofDuration, int perCycle = 0) =>
        (ref Frame frame, Node call, Value first, Value second) =>
        {
            if (first.Kind == ValueKind.Duration && ofDuration(first.RawNanos) is { } whole)
            {
                return Value.From(whole);
            }
            if (first.Kind != ValueKind.Timestamp)
            {
                return frame.Fail(call, Faults.WantsTimestamp(name), first);
            }
            if (second.IsNull)
            {
                return Value.From((long)ofTime(first.AsTimestamp().DateTime));
            }
            if (second.TextOrNull is not { } zone)
            {
                return frame.Fail(call, Faults.WantsZone(name), second);
            }
            if (!frame.Charge(Work.TimeZoneSteps))
            {
                return Value.Fault;
            }
            return TryLocal(first.AsTimestamp(), zone, out var local, out var cycles)
                ? Value.From((long)ofTime(local) + (cycles * perCycle))
                : frame.Fail(call, Faults.NoZone, second);
        };

    /// <summary>A local time in the year 0 or 10000, which no <see cref="DateTime"/> holds, comes out as the same time in another cycle.</summary>
    /// <param name="cycles">To add to it.</param>
    private static bool TryLocal(DateTimeOffset instant, string zone, out DateTime local, out int cycles)
    {
        local = default;
        cycles = 0;
        if (!TryOffset(instant, zone, out var offset))
        {
            return false;
        }
        var ticks = instant.UtcTicks + offset.Ticks;
        cycles = ticks < DateTime.MinValue.Ticks ? -1 : ticks > DateTime.MaxValue.Ticks ? 1 : 0;
        local = new DateTime(ticks - (cycles * Cycle.Ticks));
        return true;
    }

    private static bool TryOffset(DateTimeOffset instant, string zone, out TimeSpan offset)
    {
        var sign = zone.StartsWith('-') ? -1 : 1;
        if (TimeSpan.TryParseExact(zone.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out offset) && zone.Length is 5 or 6)
        {
            offset *= sign;
            return true;
        }
        if (!IsName(zone) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            return false;
        }
        offset = found.GetUtcOffset(instant);
        return true;
    }

    /// <summary>The name leads to a file on some systems, so nothing but the letters of zone names may pass.</summary>
    private static bool IsName(string zone) => zone.Length is > 0 and <= 64 && char.IsAsciiLetter(zone[0])
        && zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
}
