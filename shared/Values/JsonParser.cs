using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Approvals.Values;

/// <summary>One pass over a text: the reader below checks the grammar, this builds the values and keeps the limits.</summary>
internal ref struct JsonParser
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly JsonLimits _limits;
    private readonly JsonScratch _scratch;
    private Utf8JsonReader _reader;
    private string? _error;
    private int _errorAt;

    private JsonParser(ReadOnlySpan<byte> utf8, JsonLimits limits, JsonScratch scratch)
    {
        _utf8 = utf8;
        _limits = limits;
        _scratch = scratch;
        // The depth is checked here, so that the message is ours; the reader's limit is only kept out of the way.
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, JsonLimits limits, out Value value, [NotNullWhen(false)] out JsonError? error)
    {
        value = default;
        if (utf8.Length > limits.MaxBytes)
        {
            error = new JsonError("", Phrase.With(Texts.JsonTooLong, limits.MaxBytes), 1, 1);
            return false;
        }
        if (utf8.StartsWith("\uFEFF"u8))
        {
            error = new JsonError("", Texts.JsonByteOrder, 1, 1);
            return false;
        }
        using var scratch = JsonScratch.Rent();
        var parser = new JsonParser(utf8, limits, scratch);
        if (!Utf8.IsValid(utf8))
        {
            // Not at an element: the grammar of what comes before is not looked at.
            error = JsonPosition.Error("", Texts.JsonUtf8, utf8, JsonPosition.FirstInvalid(utf8));
            return false;
        }
        if (!parser.Run(out value))
        {
            error = JsonPosition.Error(scratch.Pointer(), parser._error!, utf8, parser._errorAt);
            return false;
        }
        error = null;
        return true;
    }

    private bool Run(out Value value)
    {
        value = default;
        try
        {
            return _reader.Read() && Read(out value) && !_reader.Read();
        }
        catch (JsonException fault)
        {
            // Line and position come from the reader; the text before the position is known to be well-formed.
            var at = JsonPosition.Offset(_utf8, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0);
            return Refuse(new JsonGrammar(_utf8, _scratch).Explain(at), at);
        }
    }

    private bool Read(out Value value)
    {
        value = default;
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(out value);
            case JsonTokenType.StartArray:
                return ReadArray(out value);
            case JsonTokenType.String:
                var read = ReadText(out var text);
                value = Value.From(text);
                return read;
            case JsonTokenType.Number:
                var refusal = JsonNumber.Read(_reader.ValueSpan, _limits.LargeIntegers, out var number);
                value = Value.From(number);
                return refusal is null || Refuse(refusal);
            case JsonTokenType.True:
                value = Value.True;
                return true;
            case JsonTokenType.False:
                value = Value.False;
                return true;
            default:
                return true;
        }
    }

    private bool ReadArray(out Value value)
    {
        value = default;
        if (!Enter())
        {
            return false;
        }
        var start = _scratch.Count;
        for (_scratch.Top.Index = 0; Next(JsonTokenType.EndArray); _scratch.Top.Index++)
        {
            if (_scratch.Top.Index >= _limits.MaxMembers)
            {
                return Refuse(Phrase.With(Texts.JsonItems, _limits.MaxMembers));
            }
            if (!Read(out var item))
            {
                return false;
            }
            _scratch.Push(item);
        }
        value = _scratch.TakeList(start);
        _scratch.Leave();
        return true;
    }

    private bool ReadObject(out Value value)
    {
        value = default;
        if (!Enter())
        {
            return false;
        }
        var start = _scratch.Count;
        while (Next(JsonTokenType.EndObject))
        {
            if (!ReadName(start, out var name))
            {
                return false;
            }
            _scratch.Top.Name = name;
            _reader.Read();
            if (!Read(out var member))
            {
                return false;
            }
            _scratch.Push(name, member);
            _scratch.Top.Name = null;
        }
        value = _scratch.TakeMap(start);
        _scratch.Leave();
        return true;
    }

    private bool ReadName(int start, out string name)
    {
        if (_reader.ValueIsEscaped || _reader.ValueSpan.Length > _limits.MaxStringLength)
        {
            if (!ReadText(out name))
            {
                return false;
            }
            name = MemberNames.Intern(name);
        }
        else
        {
            name = MemberNames.Intern(_reader.ValueSpan);
        }
        if (_scratch.Count - start >= _limits.MaxMembers)
        {
            return Refuse(Phrase.With(Texts.JsonMembers, _limits.MaxMembers));
        }
        return !_scratch.Repeats(name, start) || Refuse(Phrase.With(Texts.JsonTwice, name));
    }

    private bool ReadText(out string text)
    {
        text = "";
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // All bytes are valid UTF-8, so it is an escape such as \ud800 without its other half.
            return Refuse(Texts.JsonSurrogate);
        }
        return text.Length <= _limits.MaxStringLength || Refuse(Phrase.With(Texts.JsonStringLength, _limits.MaxStringLength));
    }

    private bool Next(JsonTokenType end)
    {
        _reader.Read();
        return _reader.TokenType != end;
    }

    private bool Enter() => _scratch.Enter(_limits.MaxDepth) || Refuse(Phrase.With(Texts.JsonNesting, _limits.MaxDepth));

    private bool Refuse(string message) => Refuse(message, (int)_reader.TokenStartIndex);

    private bool Refuse(string message, int at)
    {
        _error = message;
        _errorAt = at;
        return false;
    }
}
