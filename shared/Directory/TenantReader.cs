using System.Buffers;
using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Policies.Reading;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Directory;

/// <summary>Reads one tenant of a directory file.</summary>
internal static class TenantReader
{
    private const int MaxPeople = 100_000;
    private const int MaxCalendars = 100;
    private const int MaxIdLength = 64;

    private static readonly ImmutableArray<(string, bool)> LinkBy = [("none", false), ("username", true)];

    private static readonly string[] Members =
        ["id", "name", "timeZone", "fallbackApprovers", "requireSignInForLinks", "linkBy", "calendars", "people"];

    // A tenant's id stands between separators: in paths, storage partitions, instance ids and development tokens.
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static TenantDirectory? Read(Value source, string pointer, ReadErrors errors)
    {
        if (!ObjectReader.TryOpen(source, pointer, Named.Part(static () => Texts.ReadingTenant), errors, Members, out var reader))
        {
            return null;
        }
        var id = reader.Text("id", MaxIdLength, required: true) ?? "";
        if (id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            reader.Error("id", Texts.WrongTenantId);
        }
        reader.Line("name", 200);
        var timeZone = CalendarReader.TimeZone(reader, "timeZone", errors) ?? "UTC";
        var settings = new TenantSettings
        {
            Id = id,
            TimeZone = timeZone,
            LinkByUsername = reader.Word("linkBy", LinkBy, false),
            RequireSignInForLinks = reader.Flag("requireSignInForLinks", otherwise: true),
            Calendars = Calendars(reader, timeZone, errors),
        };
        if (reader.TryGet("fallbackApprovers", out _))
        {
            settings = settings with { FallbackApprovers = reader.References("fallbackApprovers", required: true) };
        }
        return new TenantDirectory(settings, People(reader, errors));
    }

    private static ImmutableArray<Person> People(ObjectReader reader, ReadErrors errors)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, pointer) in reader.List("people", MaxPeople))
        {
            if (PersonReader.Read(item, pointer, errors) is not { } person)
            {
                continue;
            }
            if (person.Id.Length > 0 && !ids.Add(person.Id))
            {
                errors.Add($"{pointer}/id", Phrase.With(Texts.ReadPersonTwice, person.Id));
            }
            foreach (var subject in (person.Subjects ?? []).Where(subject => !subjects.Add(subject)))
            {
                errors.Add($"{pointer}/subjects", Phrase.With(Texts.WrongLinkedTwice, subject));
            }
            people.Add(person);
        }
        return people.ToImmutable();
    }

    private static ImmutableDictionary<string, BusinessCalendar> Calendars(ObjectReader reader, string timeZone, ReadErrors errors)
    {
        var calendars = ImmutableDictionary.CreateBuilder<string, BusinessCalendar>(StringComparer.Ordinal);
        if (!reader.TryGet("calendars", out var named))
        {
            return calendars.ToImmutable();
        }
        if (named.Kind != ValueKind.Map || named.Members.Count > MaxCalendars)
        {
            reader.Error("calendars", Phrase.With(Texts.WrongCalendars, MaxCalendars));
            return calendars.ToImmutable();
        }
        foreach (var (name, source) in named.Members)
        {
            if (CalendarReader.Read(source, Pointer.Append(reader.At("calendars"), name), timeZone, errors) is { } calendar)
            {
                calendars[name] = calendar;
            }
        }
        return calendars.ToImmutable();
    }
}
