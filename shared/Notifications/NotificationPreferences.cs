using System.Globalization;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>How a person wants to be told. The in-app feed always has everything.</summary>
public sealed record NotificationPreferences
{
    public static readonly NotificationPreferences Default = new();

    public bool Email { get; init; } = true;

    public bool Teams { get; init; } = true;

    /// <summary>One mail a day at this time, in the tenant's time zone, in place of one each. Null: each at once.</summary>
    public TimeOnly? DigestAt { get; init; }

    /// <summary>No mail from then until <see cref="QuietUntil"/>; what came meanwhile follows in one mail. Both or neither; may pass midnight.</summary>
    public TimeOnly? QuietFrom { get; init; }

    public TimeOnly? QuietUntil { get; init; }

    /// <summary>Whether anything is ever held back.</summary>
    public bool Holds => Email && (DigestAt is not null || QuietFrom is not null);

    /// <summary>Whether mail that is not urgent waits at that moment of the tenant's day.</summary>
    public bool HoldsAt(TimeOnly time) => DigestAt is not null || (QuietFrom is { } from && QuietUntil is { } until && time.IsBetween(from, until));

    /// <summary>As the API takes it: <c>{email, teams, digestAt: "08:00", quietHours: "22:00-07:00"}</c>. Null and a message where it is wrong.</summary>
    public static NotificationPreferences? Read(Value value, out string? error)
    {
        error = null;
        var read = new NotificationPreferences
        {
            Email = Flag(value, "email", ref error),
            Teams = Flag(value, "teams", ref error),
            DigestAt = TextOf(value, "digestAt", ref error) is { } digest ? Time(digest, "digestAt", ref error) : null,
        };
        if (TextOf(value, "quietHours", ref error) is { } quiet)
        {
            var parts = quiet.Split('-');
            read = parts.Length == 2
                ? read with { QuietFrom = Time(parts[0], "quietHours", ref error), QuietUntil = Time(parts[1], "quietHours", ref error) }
                : read;
            error ??= parts.Length != 2 || read.QuietFrom == read.QuietUntil ? Texts.PreferenceQuiet : null;
        }

        return error is null ? read : null;
    }

    public Value ToValue() => Value.Map(
        ("email", Value.From(Email)),
        ("teams", Value.From(Teams)),
        ("digestAt", Value.From(DigestAt is { } at ? Written(at) : null)),
        ("quietHours", Value.From(QuietFrom is { } from && QuietUntil is { } until ? $"{Written(from)}-{Written(until)}" : null)));

    private static bool Flag(Value value, string name, ref string? error)
    {
        if (!value.TryGet(name, out var flag) || flag.IsNull)
        {
            return true;
        }

        error ??= flag.Kind == ValueKind.Bool ? null : Phrase.With(Texts.PreferenceFlag, name);
        return flag.Kind != ValueKind.Bool || flag.AsBool();
    }

    private static string? TextOf(Value value, string name, ref string? error)
    {
        if (!value.TryGet(name, out var text) || text.IsNull)
        {
            return null;
        }

        error ??= text.Kind == ValueKind.String ? null : Phrase.With(Texts.PreferenceText, name);
        return text.Kind == ValueKind.String ? text.AsString() : null;
    }

    private static TimeOnly? Time(string text, string name, ref string? error)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        error ??= Phrase.With(Texts.PreferenceTime, name);
        return null;
    }

    private static string Written(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
