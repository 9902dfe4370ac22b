using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Values;
using Approvals.Values.Reading;

namespace Approvals.Directory;

/// <summary>Reads one person of a directory.</summary>
internal static class PersonReader
{
    private const int MaxIdLength = 128;
    private const int MaxNames = 200;
    private const int MaxNameLength = 200;
    private const int MaxSubjectLength = 500;

    private static readonly string[] Members =
        ["id", "name", "email", "kind", "roles", "groups", "department", "manager", "away", "substitute", "active", "subjects"];

    private static readonly ImmutableArray<(string, ActorType)> Kinds =
        [("human", ActorType.Human), ("agent", ActorType.Agent), ("system", ActorType.System)];

    public static Person? Read(Value source, string pointer, ReadErrors errors)
    {
        if (!ObjectReader.TryOpen(source, pointer, Named.Part(static () => Texts.ReadingPerson), errors, Members, out var reader))
        {
            return null;
        }
        var id = Id(reader, "id", required: true);
        if (id == Actor.System.Id)
        {
            reader.Error("id", Phrase.With(Texts.WrongPersonId, id));
        }
        var (from, until) = Away(reader, errors);
        return new Person
        {
            Id = id ?? "",
            Name = reader.Line("name", MaxNameLength) ?? id ?? "",
            Email = Email(reader),
            Kind = reader.Word("kind", Kinds, ActorType.Human),
            Roles = reader.Texts("roles", MaxNames, MaxNameLength, check: Name),
            Groups = reader.Texts("groups", MaxNames, MaxNameLength, check: Name),
            Department = reader.Line("department", MaxNameLength),
            Manager = Id(reader, "manager"),
            AwayFrom = from,
            AwayUntil = until,
            Substitute = Id(reader, "substitute"),
            Inactive = !reader.Flag("active", otherwise: true),
            Subjects = reader.Texts("subjects", MaxNames, MaxSubjectLength, check: Subject) is { IsEmpty: false } subjects ? subjects : null,
        };
    }

    /// <summary>Ids stand in paths, storage keys and references: no blanks, control characters or separators.</summary>
    private static string? Id(ObjectReader reader, string member, bool required = false)
    {
        var id = reader.Text(member, MaxIdLength, required);
        if (id is not null && id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || @"/\#?|:".Contains(c, StringComparison.Ordinal)))
        {
            reader.Error(member, Texts.WrongId);
        }
        return id;
    }

    private static (string, string?)? Name(string text) =>
        ApproverReference.IsLabel(text) ? null : (Texts.WrongLabel, text.Trim());

    /// <summary>Either form has something before and behind its sign.</summary>
    private static (string, string?)? Subject(string text) =>
        text.IndexOfAny(['/', '#']) is var at and > 0 && at < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? null : (Texts.WrongSubject, null);

    private static string? Email(ObjectReader reader)
    {
        var email = reader.Note("email", 254);
        // Whether mail arrives is for the mail server to say; this only keeps headers from being broken.
        var isAddress = email?.IndexOf('@', StringComparison.Ordinal) > 0 && !email.EndsWith('@')
            && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        if (email is not null && !isAddress)
        {
            reader.Error("email", Texts.WrongEmail);
        }
        return email;
    }

    private static (DateTimeOffset?, DateTimeOffset?) Away(ObjectReader reader, ReadErrors errors)
    {
        if (!reader.TryGet("away", out var source)
            || !ObjectReader.TryOpen(source, reader.At("away"), Named.Member("away"), errors, ["from", "until"], out var away))
        {
            return (null, null);
        }
        var (from, until) = (Instant(away, "from"), Instant(away, "until"));
        if (from >= until)
        {
            away.Error("until", Texts.WrongAway);
        }
        return from is null || until is null ? (null, null) : (from, until);
    }

    private static DateTimeOffset? Instant(ObjectReader reader, string member)
    {
        if (reader.Text(member, 64, required: true) is not { } text)
        {
            return null;
        }
        if (Rfc3339.TryParse(text, out var instant))
        {
            return instant;
        }
        reader.Error(member, Phrase.With(Texts.WrongTime, member));
        return null;
    }
}
