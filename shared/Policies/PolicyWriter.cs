using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Policies.Reading;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>
/// Writes a policy as <see cref="PolicyReader"/> reads it, without members that stand at their defaults. Calendars are written out, so
/// that what was written reads the same whatever becomes of the tenant's named calendars.
/// </summary>
public static class PolicyWriter
{
    private static readonly TimeSpan RespondWithin = TimeSpan.FromHours(LevelDefinition.DefaultRespondWithinHours);

    public static Value Write(Policy policy)
    {
        var members = new Members
        {
            { "key", policy.Key },
            { "name", policy.Name },
            { "description", policy.Description },
            { "actionTypes", policy.ActionTypes },
            { "when", policy.When },
            { "priority", Value.From((double)policy.Priority), policy.Priority != 0 },
            { "levels", Write(policy.Levels) },
            { "distinctApprovers", Value.True, policy.DistinctApprovers },
            { "whenNoLevelApplies", "allow", policy.AllowWhenNoLevelApplies },
            { "completeWithin", policy.CompleteWithin, TimeSpan.FromHours(168) },
            { "grantValidFor", policy.GrantValidFor, TimeSpan.FromHours(24) },
            { "sensitive", policy.Sensitive },
            { "titleTemplate", policy.TitleTemplate },
            { "watchers", policy.Watchers },
            { "cases", Value.List(ImmutableArray.CreateRange(policy.Cases.Select(each => Write(each)))), !policy.Cases.IsEmpty },
        };
        return members.ToValue();
    }

    public static Value Write(ImmutableArray<LevelDefinition> levels) => Value.List(ImmutableArray.CreateRange(levels.Select(Level)));

    internal static Value Write(PolicyCase each)
    {
        var members = new Members { { "name", each.Name }, { "input", each.Input }, { "gated", Value.From(each.Gated) }, { "levels", each.Levels } };
        return members.ToValue();
    }

    private static Value Level(LevelDefinition level)
    {
        var members = new Members { { "name", level.Name } };
        if (level.Groups is [{ Name: null } only])
        {
            Group(members, only);
        }
        else
        {
            members.Add("groups", Value.List(ImmutableArray.CreateRange(level.Groups.Select(NamedGroup))));
        }
        members.Add("rejection", "whenUnreachable", level.Rejection == RejectionRule.WhenUnreachable);
        members.Add("humanOnly", Value.True, level.HumanOnly);
        members.Add("assurance", level.Assurance?.Word());
        members.Add("when", level.When);
        members.Add("autoApprove", Value.List(ImmutableArray.CreateRange(level.AutoApprove.Select(Rule))), !level.AutoApprove.IsEmpty);
        members.Add("respondWithin", LevelReader.RespondWithin(level), level.RespondWithin != RespondWithin || level.RespondWithinDays > 0);
        members.Add(
            "remindAfter",
            [.. level.RemindAfter.Select(after => PolicyDuration.Format(after, level.Calendar)), .. level.RemindAfterDays.Select(PolicyDuration.FormatDays)]);
        members.Add("calendar", level.Calendar is { } calendar ? Calendar(calendar) : Value.Null, level.Calendar is not null);
        members.Add("onTimeout", Word(level.OnTimeout));
        members.Add("escalateTo", level.EscalateTo);
        members.Add("maxEscalations", Value.From((double)level.MaxEscalations), level.MaxEscalations != 1);
        return members.ToValue();
    }

    private static Value Rule(string when) => Value.Map(("when", Value.From(when)));

    private static Value NamedGroup(GroupDefinition group)
    {
        var members = new Members { { "name", group.Name } };
        Group(members, group);
        return members.ToValue();
    }

    private static void Group(Members members, GroupDefinition group)
    {
        members.Add("approvers", group.Approvers);
        members.Add("strategy", group.Strategy.ToString().ToLowerInvariant(), group.Strategy != Strategy.All);
        if (group.Quorum is { } quorum)
        {
            members.Add("quorum", quorum.IsPercent ? Value.From(quorum.ToString()) : Value.From((double)quorum.Amount));
        }
    }

    private static Value Calendar(BusinessCalendar calendar)
    {
        var members = new Members { { "workDays", [.. calendar.WorkDays.Select(CalendarReader.Name)] } };
        if (calendar.MoreHours.IsEmpty)
        {
            members.Add("hours", Hours(calendar.Hours[0]));
        }
        else
        {
            members.Add("hours", [.. calendar.Hours.Select(Hours)]);
        }
        members.Add("holidays", [.. calendar.Holidays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), .. calendar.YearlyHolidays]);
        members.Add("timeZone", calendar.TimeZone);
        return members.ToValue();
    }

    private static string Hours(WorkingHours hours) => $"{Time(hours.Opens)}-{(hours.Closes == TimeOnly.MinValue ? "24:00" : Time(hours.Closes))}";

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string? Word(TimeoutAction? action) => action switch
    {
        TimeoutAction.Escalate => "escalate",
        TimeoutAction.Expire => "expire",
        TimeoutAction.Reject => "reject",
        TimeoutAction.AutoApprove => "autoApprove",
        _ => null,
    };

    /// <summary>Members in the order written; absent texts and empty lists are left out.</summary>
    private sealed class Members : System.Collections.IEnumerable
    {
        private readonly List<KeyValuePair<string, Value>> _all = [];

        public void Add(string name, Value value, bool isSet = true)
        {
            if (isSet)
            {
                _all.Add(new(name, value));
            }
        }

        public void Add(string name, string? text) => Add(name, Value.From(text), text is not null);

        public void Add(string name, string text, bool isSet) => Add(name, Value.From(text), isSet);

        public void Add(string name, ImmutableArray<string> texts) =>
            Add(name, Value.List(ImmutableArray.CreateRange(texts.Select(text => Value.From(text)))), !texts.IsEmpty);

        public void Add(string name, TimeSpan duration, TimeSpan otherwise) =>
            Add(name, PolicyDuration.Format(duration), duration != otherwise);

        public Value ToValue() => Value.Map(_all);

        public System.Collections.IEnumerator GetEnumerator() => _all.GetEnumerator();
    }
}
