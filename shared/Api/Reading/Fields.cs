using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Api.Problems;
using Approvals.Values;

namespace Approvals.Api.Reading;

/// <summary>
/// Reads the members of one object strictly and gathers everything that is wrong with them. A member that is null counts as left out.
/// What is asked for but wrong comes back as a harmless default: look at <see cref="Problem"/> before using anything.
/// </summary>
public sealed class Fields
{
    private readonly Value _map;
    private readonly string _pointer;
    private readonly List<FieldError> _errors;

    public Fields(Value body)
        : this(body, "", [])
    {
    }

    private Fields(Value map, string pointer, List<FieldError> errors)
    {
        (_map, _pointer, _errors) = (map, pointer, errors);
        if (map.Kind != ValueKind.Map)
        {
            Fail("", "Must be an object.");
        }
    }

    /// <summary>Null where everything read so far was right.</summary>
    public Problem? Problem => _errors.Count == 0 ? null : Problems.Problem.Invalid(_errors);

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Fail(string member, string message) => _errors.Add(new FieldError(Pointer(member), message));

    public bool Has(string member) => Find(member) is not null;

    /// <summary>Refuses every other member.</summary>
    public void Only(params ReadOnlySpan<string> members)
    {
        if (_map.Kind != ValueKind.Map)
        {
            return;
        }
        foreach (var (member, _) in _map.Members)
        {
            if (!members.Contains(member))
            {
                Fail(member, "There is no such member.");
            }
        }
    }

    /// <summary>A required id or name: one line, not blank, no control characters.</summary>
    public string Id(string member, int most = TextRule.MaxId) => OptionalId(member, most) ?? Missing(member, "");

    public string? OptionalId(string member, int most = TextRule.MaxId) => Text(member, text => TextRule.Line(text, most));

    /// <summary>Prose such as a comment; blank is as good as none.</summary>
    public string? OptionalProse(string member, int most = TextRule.MaxProse) =>
        Text(member, text => TextRule.Prose(text, most)) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public bool Flag(string member, bool otherwise)
    {
        if (Find(member) is not { } value)
        {
            return otherwise;
        }
        if (value.Kind == ValueKind.Bool)
        {
            return value.AsBool();
        }
        Fail(member, "Must be true or false.");
        return otherwise;
    }

    public int? OptionalInteger(string member, int least, int most)
    {
        if (Find(member) is not { } value)
        {
            return null;
        }
        if (value.Kind is ValueKind.Double or ValueKind.Int && value.AsDouble() is var number
            && number >= least && number <= most && Math.Truncate(number) == number)
        {
            return (int)number;
        }
        Fail(member, $"Must be a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>One of a few words, as they are written.</summary>
    public string Word(string member, params ReadOnlySpan<string> words) => OptionalWord(member, words) ?? Missing(member, words[0]);

    public string? OptionalWord(string member, params ReadOnlySpan<string> words)
    {
        if (Find(member) is not { } value)
        {
            return null;
        }
        if (value.Kind == ValueKind.String && words.Contains(value.AsString()))
        {
            return value.AsString();
        }
        Fail(member, $"Must be one of: {string.Join(", ", words.ToArray())}.");
        return null;
    }

    public DateTimeOffset? OptionalInstant(string member)
    {
        if (Find(member) is not { } value)
        {
            return null;
        }
        if (value.Kind == ValueKind.String && Rfc3339.TryParse(value.AsString(), out var instant))
        {
            return instant;
        }
        Fail(member, "Must be an RFC 3339 time with its offset, such as 2026-03-01T09:30:00Z.");
        return null;
    }

    /// <summary>A time at which something begins; a date is the beginning of that day.</summary>
    public DateTimeOffset? OptionalFrom(string member, TimeZoneInfo zone) => OptionalDay(member) is { } day ? LocalDay.Start(day, zone) : OptionalInstant(member);

    /// <summary>A time before which something ends; a date is the end of that day.</summary>
    public DateTimeOffset? OptionalTo(string member, TimeZoneInfo zone) => OptionalDay(member) is { } day ? LocalDay.End(day, zone) : OptionalInstant(member);

    private DateOnly? OptionalDay(string member) =>
        Find(member) is { Kind: ValueKind.String } value && LocalDay.TryParse(value.AsString(), out var day) ? day : null;

    public DateTimeOffset Instant(string member) => OptionalInstant(member) ?? Missing(member, default(DateTimeOffset));

    /// <summary>A list of ids; null where it was left out.</summary>
    public ImmutableArray<string>? OptionalIds(string member, int most)
    {
        if (Items(member, most) is not { } items)
        {
            return null;
        }
        var ids = ImmutableArray.CreateBuilder<string>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            var error = items[i].Kind == ValueKind.String ? TextRule.Line(items[i].AsString(), TextRule.MaxId) : "Must be text.";
            if (error is null)
            {
                ids.Add(items[i].AsString());
            }
            else
            {
                Fail($"{member}/{i}", error);
            }
        }
        return ids.ToImmutable();
    }

    /// <summary>The members of a required object.</summary>
    public Fields Object(string member) =>
        Find(member) is { } value ? new Fields(value, $"{_pointer}/{member}", _errors) : new Fields(Missing(member, Value.Map()), $"{_pointer}/{member}", _errors);

    /// <summary>The objects of a required list.</summary>
    public ImmutableArray<Fields> Objects(string member, int most)
    {
        if (Items(member, most) is not { } items)
        {
            return Missing(member, ImmutableArray<Fields>.Empty);
        }
        return [.. items.Select((item, i) => new Fields(item, $"{_pointer}/{member}/{i}", _errors))];
    }

    public Subject Subject(string member)
    {
        if (Find(member) is not { } value)
        {
            return Missing(member, new Subject("", ""));
        }
        var fields = new Fields(value, $"{_pointer}/{member}", _errors);
        return new Subject(fields.Id("type"), fields.Id("id"));
    }

    /// <summary>Any JSON value; null where it was left out.</summary>
    public Value? Find(string member) => _map.TryGet(member, out var value) && !value.IsNull ? value : null;

    /// <summary>A required object of any members.</summary>
    public Value Map(string member)
    {
        if (Find(member) is not { } value)
        {
            return Missing(member, Value.Map());
        }
        if (value.Kind == ValueKind.Map)
        {
            return value;
        }
        Fail(member, "Must be an object.");
        return Value.Map();
    }

    private Value[]? Items(string member, int most)
    {
        if (Find(member) is not { } value)
        {
            return null;
        }
        if (value.Kind == ValueKind.List && value.Items.Length <= most)
        {
            return value.Items.ToArray();
        }
        Fail(member, $"Must be a list of at most {most}.");
        return [];
    }

    private string? Text(string member, Func<string, string?> rule)
    {
        if (Find(member) is not { } value)
        {
            return null;
        }
        var error = value.Kind == ValueKind.String ? rule(value.AsString()) : "Must be text.";
        if (error is null)
        {
            return value.AsString();
        }
        Fail(member, error);
        return "";
    }

    /// <summary>Says that a member is missing, unless something was said of it already.</summary>
    private T Missing<T>(string member, T otherwise)
    {
        if (Find(member) is null && _map.Kind == ValueKind.Map)
        {
            Fail(member, "Is required.");
        }
        return otherwise;
    }

    private string Pointer(string member) => member.Length == 0 ? _pointer : $"{_pointer}/{member}";
}
