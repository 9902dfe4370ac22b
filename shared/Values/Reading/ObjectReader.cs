using System.Collections.Immutable;

namespace Approvals.Values.Reading;

/// <summary>
/// Reads the members of one JSON object strictly, collecting errors and going on with defaults. A member that is <c>null</c> counts as
/// absent: clients that write every member of their own types do so.
/// </summary>
internal readonly struct ObjectReader
{
    private readonly Value _object;
    private readonly ReadErrors _errors;

    private ObjectReader(Value source, string pointer, ReadErrors errors)
    {
        _object = source;
        Pointer = pointer;
        _errors = errors;
    }

    public string Pointer { get; }

    /// <summary>False where it is no object; members that are not known are refused.</summary>
    public static bool TryOpen(Value source, string pointer, Named what, ReadErrors errors, string[] known, out ObjectReader reader)
    {
        reader = new ObjectReader(source, pointer, errors);
        if (source.Kind != ValueKind.Map)
        {
            errors.Add(pointer, ReadFaults.NotObject(what, source));
            return false;
        }
        foreach (var name in source.Members.Keys)
        {
            if (Array.IndexOf(known, name) < 0)
            {
                errors.Add(Reading.Pointer.Append(pointer, Words.Cut(name)), ReadFaults.NoMember(what, name), Nearest.Word(name, known));
            }
        }
        return true;
    }

    public string At(string member) => Reading.Pointer.Append(Pointer, member);

    public void Error(string member, string message, string? meant = null) => _errors.Add(At(member), message, meant);

    public bool TryGet(string member, out Value value) => _object.TryGet(member, out value) && !value.IsNull;

    /// <summary>A text that is not blank and has no control characters but line breaks and tabs; null where absent or wrong.</summary>
    public string? Text(string member, int longest, bool required = false) => Text(member, longest, required, isLine: false);

    /// <summary>A text of one line; null where absent or wrong.</summary>
    public string? Line(string member, int longest, bool required = false) => Text(member, longest, required, isLine: true);

    private string? Text(string member, int longest, bool required, bool isLine)
    {
        if (!TryGet(member, out var value))
        {
            if (required)
            {
                Error(member, ReadFaults.Required(member));
            }
            return null;
        }
        return ReadText(value, At(member), Named.Member(member), longest, isLine, _errors);
    }

    /// <summary>A text; null where absent, empty or wrong.</summary>
    public string? Note(string member, int longest) =>
        TryGet(member, out var value) && value.Kind == ValueKind.String && value.AsString().Length == 0 ? null : Text(member, longest);

    public bool Flag(string member, bool otherwise = false)
    {
        if (!TryGet(member, out var value))
        {
            return otherwise;
        }
        if (value.Kind == ValueKind.Bool)
        {
            return value.AsBool();
        }
        Error(member, ReadFaults.NotFlag(member, value));
        return otherwise;
    }

    public int Integer(string member, int otherwise, int least, int most)
    {
        if (!TryGet(member, out var value))
        {
            return otherwise;
        }
        if (Words.TryInteger(value, out var number) && number >= least && number <= most)
        {
            return (int)number;
        }
        Error(member, ReadFaults.NotInteger(member, least, most));
        return otherwise;
    }

    /// <summary>One of a few words; <paramref name="otherwise"/> where absent or wrong.</summary>
    public T Word<T>(string member, ImmutableArray<(string Word, T Meaning)> words, T otherwise)
    {
        if (!TryGet(member, out var value))
        {
            return otherwise;
        }
        var text = value.Kind == ValueKind.String ? value.AsString() : null;
        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }
        var known = words.Select(w => w.Word);
        Error(member, ReadFaults.NotOneOf(member, known), text is null ? null : Nearest.Word(text, known));
        return otherwise;
    }

    /// <summary>The items of a list with their pointers; empty where absent or wrong.</summary>
    public ImmutableArray<(Value Item, string Pointer)> List(string member, int most, bool required = false)
    {
        if (!TryGet(member, out var value))
        {
            if (required)
            {
                Error(member, ReadFaults.Required(member));
            }
            return [];
        }
        return ReadList(value, At(member), Named.Member(member), required ? 1 : 0, most, _errors);
    }

    /// <summary>A list of texts that are not blank; what comes twice, or what <paramref name="check"/> finds wrong, is refused.</summary>
    public ImmutableArray<string> Texts(
        string member, int most, int longest, bool required = false, Func<string, (string Message, string? Meant)?>? check = null)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, pointer) in List(member, most, required))
        {
            if (ReadText(item, pointer, Named.Part(static () => Approvals.Texts.ReadIt), longest, isLine: true, _errors) is not { } text)
            {
                continue;
            }
            if (check?.Invoke(text) is { } wrong)
            {
                _errors.Add(pointer, wrong.Message, wrong.Meant);
            }
            else if (texts.Contains(text))
            {
                _errors.Add(pointer, ReadFaults.Twice(text));
            }
            else
            {
                texts.Add(text);
            }
        }
        return texts.ToImmutable();
    }

    public static ImmutableArray<(Value Item, string Pointer)> ReadList(
        Value value, string pointer, Named what, int least, int most, ReadErrors errors)
    {
        if (value.Kind != ValueKind.List)
        {
            errors.Add(
                pointer, ReadFaults.NotList(what, value),
                value.Kind == ValueKind.String ? $"[{Words.Cut(value.ToString())}]" : null);
            return [];
        }
        if (value.Items.Length < least || value.Items.Length > most)
        {
            errors.Add(pointer, ReadFaults.Count(what, least, most));
        }
        var items = ImmutableArray.CreateBuilder<(Value, string)>();
        for (var i = 0; i < Math.Min(value.Items.Length, most); i++)
        {
            items.Add((value.Items[i], Reading.Pointer.Append(pointer, i)));
        }
        return items.ToImmutable();
    }

    public static string? ReadText(Value value, string pointer, Named what, int longest, bool isLine, ReadErrors errors)
    {
        if (value.Kind != ValueKind.String)
        {
            errors.Add(pointer, ReadFaults.NotText(what, value));
            return null;
        }
        var text = value.AsString();
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(pointer, ReadFaults.Blank(what));
            return null;
        }
        if (text.Length > longest)
        {
            errors.Add(pointer, ReadFaults.TooLong(what, text, longest));
            return null;
        }
        if (isLine ? text.Any(char.IsControl) : TextRule.HasControl(text))
        {
            errors.Add(pointer, ReadFaults.Control(what));
            return null;
        }
        return text;
    }
}
