using System.Collections.Immutable;
using System.Globalization;
using Approvals.Chains.Levels;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies.Reading;

/// <summary>Reads business calendars, of levels and of tenants.</summary>
internal static class CalendarReader
{
    private const int MaxHolidays = 1000;
    private const int MaxHours = 10;

    /// <summary>Has every day that any year has.</summary>
    private const string LeapYear = "2000-";

    private static readonly string[] Members = ["workDays", "hours", "holidays", "timeZone"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <param name="timeZone">The tenant's, for a calendar without one of its own.</param>
    public static BusinessCalendar? Read(Value source, string pointer, string timeZone, ReadErrors errors)
    {
        if (!ObjectReader.TryOpen(source, pointer, Named.Part(static () => Texts.ReadingCalendar), errors, Members, out var reader))
        {
            return null;
        }
        var calendar = new BusinessCalendar { TimeZone = TimeZone(reader, "timeZone", errors) ?? timeZone };
        if (reader.TryGet("workDays", out _))
        {
            calendar = calendar with { WorkDays = WorkDays(reader, errors) };
        }
        if (reader.TryGet("hours", out var written) && Hours(reader, written, errors) is [var first, .. var more])
        {
            calendar = calendar with { Opens = first.Opens, Closes = first.Closes, MoreHours = more };
        }
        return Holidays(reader, calendar, errors);
    }

    public static string Name(DayOfWeek day) => Days[(int)day];

    /// <summary>The IANA id of a member; null where absent or unknown.</summary>
    public static string? TimeZone(ObjectReader reader, string member, ReadErrors errors)
    {
        if (reader.Text(member, 64) is not { } id)
        {
            return null;
        }
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) && found.HasIanaId)
        {
            return id;
        }
        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id);
        errors.Add(reader.At(member), Phrase.With(Texts.WrongTimeZone, Words.Cut(id)), Nearest.Word(id, known));
        return null;
    }

    private static ImmutableArray<DayOfWeek> WorkDays(ObjectReader reader, ReadErrors errors)
    {
        var days = new SortedSet<DayOfWeek>();
        foreach (var (item, pointer) in reader.List("workDays", 7, required: true))
        {
            var text = item.Kind == ValueKind.String ? item.AsString() : null;
            var day = Array.IndexOf(Days, text);
            if (day < 0)
            {
                errors.Add(pointer, Texts.WrongWorkDay, Suggestion(text));
            }
            else if (!days.Add((DayOfWeek)day))
            {
                errors.Add(pointer, ReadFaults.Twice(text!));
            }
        }
        return [.. days];
    }

    private static string? Suggestion(string? text) =>
        text?.Length >= 3 ? Array.Find(Days, day => text.StartsWith(day, StringComparison.OrdinalIgnoreCase)) : null;

    /// <summary>One text or a list of them, in order and without overlaps; only the last may end on the next day.</summary>
    private static ImmutableArray<WorkingHours> Hours(ObjectReader reader, Value source, ReadErrors errors)
    {
        var hours = ImmutableArray.CreateBuilder<WorkingHours>();
        IEnumerable<(Value Item, string Pointer)> items = source.Kind == ValueKind.List
            ? reader.List("hours", MaxHours, required: true)
            : [(source, reader.At("hours"))];
        foreach (var (item, pointer) in items)
        {
            if (item.Kind != ValueKind.String || !TryHours(item.AsString(), out var next)
                || (hours.Count > 0 && (EndsNextDay(hours[^1]) || next.Opens < hours[^1].Closes || (EndsNextDay(next) && next.Closes > hours[0].Opens))))
            {
                errors.Add(pointer, Texts.WrongHours);
                return [];
            }
            hours.Add(next);
        }
        return hours.ToImmutable();
    }

    private static bool EndsNextDay(WorkingHours hours) => hours.Closes <= hours.Opens;

    private static BusinessCalendar Holidays(ObjectReader reader, BusinessCalendar calendar, ReadErrors errors)
    {
        var holidays = new SortedSet<DateOnly>();
        var yearly = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (item, pointer) in reader.List("holidays", MaxHolidays))
        {
            if (item.Kind == ValueKind.String
                && DateOnly.TryParseExact(item.AsString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                holidays.Add(date);
            }
            else if (item.Kind == ValueKind.String && DateOnly.TryParseExact(
                LeapYear + item.AsString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                yearly.Add(item.AsString());
            }
            else
            {
                errors.Add(pointer, Texts.WrongHoliday);
            }
        }
        return calendar with { Holidays = [.. holidays], YearlyHolidays = [.. yearly] };
    }

    private static bool TryHours(string text, out WorkingHours hours)
    {
        var (opens, closes) = (default(TimeOnly), default(TimeOnly));
        var isRead = text.Length == 11 && text[5] == '-' && TryTime(text[..5], out opens) && (text[6..] == "24:00" || TryTime(text[6..], out closes));
        hours = new WorkingHours(opens, closes);
        return isRead && hours.Length > TimeSpan.Zero;
    }

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
