using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Policies.Reading;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Policies;

/// <summary>Reads the <c>levels</c> of a policy or of a direct request, with the same strictness as <see cref="PolicyReader"/>.</summary>
public static class LevelReader
{
    /// <summary>A chain has 1 to this many levels.</summary>
    public const int MaxLevels = 20;

    public const int MaxNameLength = 200;

    private const int MaxReminders = 10;
    private const int MaxRules = 10;
    private const int MostEscalations = 10;

    private static readonly string[] Members =
    [
        "name", "approvers", "strategy", "quorum", "groups", "rejection", "humanOnly", "assurance", "when", "autoApprove", "respondWithin", "remindAfter",
        "calendar", "onTimeout", "escalateTo", "maxEscalations",
    ];

    private static readonly ImmutableArray<(string, RejectionRule)> Rejections =
        [("veto", RejectionRule.Veto), ("whenUnreachable", RejectionRule.WhenUnreachable)];

    private static readonly ImmutableArray<(string, Assurance?)> Assurances =
        [(Assurance.Interactive.Word(), Assurance.Interactive), (Assurance.Passkey.Word(), Assurance.Passkey)];

    private static readonly ImmutableArray<(string, TimeoutAction?)> Timeouts =
    [
        ("escalate", TimeoutAction.Escalate), ("expire", TimeoutAction.Expire), ("reject", TimeoutAction.Reject),
        ("autoApprove", TimeoutAction.AutoApprove),
    ];

    /// <param name="pointer">Where the list stands in the caller's document, e.g. <c>/levels</c>; begins every error's pointer.</param>
    public static bool TryRead(
        Value source, TenantSettings settings, string pointer, out ImmutableArray<LevelDefinition> levels, out ImmutableArray<PolicyError> errors)
    {
        var found = new ReadErrors();
        levels = Read(source, settings, pointer, found);
        errors = found.As(PolicyReader.Error);
        return !found.Any;
    }

    internal static ImmutableArray<LevelDefinition> Read(Value source, TenantSettings settings, string pointer, ReadErrors errors)
    {
        var levels = ImmutableArray.CreateBuilder<LevelDefinition>();
        foreach (var (item, at) in ObjectReader.ReadList(source, pointer, Named.Member("levels"), 1, MaxLevels, errors))
        {
            if (ObjectReader.TryOpen(item, at, Named.Part(static () => Texts.ReadingLevel), errors, Members, out var reader))
            {
                levels.Add(Level(reader, levels.Count + 1, settings, errors));
            }
        }
        return levels.ToImmutable();
    }

    private static LevelDefinition Level(ObjectReader reader, int number, TenantSettings settings, ReadErrors errors)
    {
        var level = new LevelDefinition
        {
            Name = reader.Line("name", MaxNameLength) ?? string.Create(CultureInfo.InvariantCulture, $"Level {number}"),
            Groups = GroupReader.Read(reader, errors),
            Rejection = reader.Word("rejection", Rejections, RejectionRule.Veto),
            HumanOnly = reader.Flag("humanOnly"),
            Assurance = reader.Word("assurance", Assurances, null),
            When = reader.Condition("when", errors),
            AutoApprove = Rules(reader, errors),
            RespondWithin = reader.Duration("respondWithin", TimeSpan.FromHours(LevelDefinition.DefaultRespondWithinHours), errors),
            Calendar = Calendar(reader, settings, errors),
            OnTimeout = reader.Word("onTimeout", Timeouts, null),
            EscalateTo = reader.References("escalateTo"),
            MaxEscalations = reader.Integer("maxEscalations", 1, 0, MostEscalations),
        };
        if (level.Calendar is not null && reader.TryGet("respondWithin", out var written) && written.Kind == ValueKind.String)
        {
            level = level with { RespondWithinDays = PolicyDuration.Days(written.AsString()) };
        }
        return Reminders(reader, level, errors);
    }

    internal static string RespondWithin(LevelDefinition level) => level.RespondWithinDays > 0
        ? PolicyDuration.FormatDays(level.RespondWithinDays)
        : PolicyDuration.Format(level.RespondWithin, level.Calendar);

    private static ImmutableArray<string> Rules(ObjectReader reader, ReadErrors errors)
    {
        var rules = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, pointer) in reader.List("autoApprove", MaxRules))
        {
            if (ObjectReader.TryOpen(item, pointer, Named.Part(static () => Texts.ReadingRule), errors, ["when"], out var rule)
                && rule.Condition("when", errors, required: true) is { } text)
            {
                rules.Add(text);
            }
        }
        return rules.ToImmutable();
    }

    private static LevelDefinition Reminders(ObjectReader reader, LevelDefinition level, ReadErrors errors)
    {
        var reminders = new SortedSet<TimeSpan>();
        var days = new SortedSet<int>();
        var respondWithin = BusinessTime.Length(level.RespondWithin, level.RespondWithinDays, level.Calendar);
        foreach (var (item, pointer) in reader.List("remindAfter", MaxReminders))
        {
            if (PolicyMembers.Duration(item, pointer, Named.Part(static () => Texts.ReadingReminder), errors) is not { } after)
            {
                continue;
            }
            var inDays = level.Calendar is null ? 0 : PolicyDuration.Days(item.AsString());
            if (BusinessTime.Length(after, inDays, level.Calendar) >= respondWithin)
            {
                errors.Add(pointer, Phrase.With(Texts.WrongReminder, RespondWithin(level)));
            }
            if (inDays > 0)
            {
                days.Add(inDays);
            }
            else
            {
                reminders.Add(after);
            }
        }
        return level with { RemindAfter = [.. reminders], RemindAfterDays = [.. days] };
    }

    private static BusinessCalendar? Calendar(ObjectReader reader, TenantSettings settings, ReadErrors errors)
    {
        if (!reader.TryGet("calendar", out var source))
        {
            return null;
        }
        if (source.Kind != ValueKind.String)
        {
            return CalendarReader.Read(source, reader.At("calendar"), settings.TimeZone, errors);
        }
        if (settings.Calendars.TryGetValue(source.AsString(), out var calendar))
        {
            return calendar;
        }
        var name = source.AsString();
        reader.Error("calendar", Phrase.With(Texts.WrongCalendarName, Words.Cut(name)), Nearest.Word(name, settings.Calendars.Keys));
        return null;
    }
}
