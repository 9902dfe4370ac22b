using System.Globalization;
using System.Text.Json;
using Approvals.Chains.Levels;

namespace Approvals.Chains.Json;

/// <summary>Pinned definitions of levels, for <see cref="LevelWriter"/>.</summary>
internal static class DefinitionWriter
{
    /// <summary>Of a date, <c>2026-12-25</c>.</summary>
    private const int DateLength = 10;

    /// <summary>The member <c>definition</c>.</summary>
    public static void Write(Utf8JsonWriter writer, LevelDefinition level)
    {
        writer.WriteStartObject(Names.Definition);
        writer.Text(Names.Name, level.Name);
        writer.List(Names.Groups, level.Groups, Write);
        writer.Word(Names.Rejection, level.Rejection);
        writer.Flag(Names.HumanOnly, level.HumanOnly);
        writer.Word(Names.Assurance, level.Assurance);
        writer.Text(Names.When, level.When);
        writer.Texts(Names.AutoApprove, level.AutoApprove);
        writer.WritePropertyName(Names.RespondWithin);
        writer.DurationValue(level.RespondWithin);
        writer.Number(Names.RespondWithinDays, level.RespondWithinDays);
        writer.List(Names.RemindAfter, level.RemindAfter, CompactMembers.DurationValue);
        writer.List(Names.RemindAfterDays, level.RemindAfterDays, static (writer, days) => writer.WriteNumberValue(days));
        if (level.Calendar is { } calendar)
        {
            Write(writer, calendar);
        }
        writer.Word(Names.OnTimeout, level.OnTimeout);
        writer.Texts(Names.EscalateTo, level.EscalateTo);
        writer.WriteNumber(Names.MaxEscalations, level.MaxEscalations);
        writer.WriteEndObject();
    }

    /// <summary>The member <c>quorum</c>, if there is one.</summary>
    public static void Write(Utf8JsonWriter writer, Quorum? quorum)
    {
        if (quorum is null)
        {
            return;
        }
        writer.WriteStartObject(Names.Quorum);
        writer.Number(Names.Amount, quorum.Amount);
        writer.Flag(Names.IsPercent, quorum.IsPercent);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GroupDefinition group)
    {
        writer.WriteStartObject();
        writer.Text(Names.Name, group.Name);
        writer.Texts(Names.Approvers, group.Approvers);
        writer.Word(Names.Strategy, group.Strategy);
        Write(writer, group.Quorum);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BusinessCalendar calendar)
    {
        writer.WriteStartObject(Names.Calendar);
        writer.WriteStartArray(Names.WorkDays);
        foreach (var day in calendar.WorkDays)
        {
            writer.WriteStringValue(EnumWords<DayOfWeek>.Of(day));
        }
        writer.WriteEndArray();
        Write(writer, calendar.Opens, calendar.Closes);
        writer.List(Names.MoreHours, calendar.MoreHours, Write);
        writer.List(Names.Holidays, calendar.Holidays, Write);
        writer.Texts(Names.YearlyHolidays, calendar.YearlyHolidays);
        writer.Text(Names.TimeZone, calendar.TimeZone);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WorkingHours hours)
    {
        writer.WriteStartObject();
        Write(writer, hours.Opens, hours.Closes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TimeOnly opens, TimeOnly closes)
    {
        writer.WritePropertyName(Names.Opens);
        writer.DurationValue(opens.ToTimeSpan());
        writer.WritePropertyName(Names.Closes);
        writer.DurationValue(closes.ToTimeSpan());
    }

    private static void Write(Utf8JsonWriter writer, DateOnly day)
    {
        Span<byte> text = stackalloc byte[DateLength];
        day.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
