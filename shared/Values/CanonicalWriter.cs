using System.Buffers;
using System.Diagnostics;

namespace Approvals.Values;

/// <summary>
/// Writes RFC 8785 objects straight from fields, forward only, without a <see cref="Value"/> in between. Members must come in the
/// order of their names' UTF-16 units; debug builds assert it. <see cref="Flush"/> hands the bytes over.
/// </summary>
public ref struct CanonicalWriter(IBufferWriter<byte> output)
{
    private Utf8Sink _sink = new(output);

    /// <summary>Whether something stands before the next member or item in the open container.</summary>
    private bool _comma;
#if DEBUG
    private readonly Stack<string?> _last = [];
#endif

    /// <summary>Begins the outermost object, or an object in a list.</summary>
    public void BeginObject()
    {
        Item();
        Open((byte)'{');
    }

    /// <summary>Begins an object as a member.</summary>
    public void BeginObject(string name)
    {
        Name(name);
        Open((byte)'{');
    }

    public void EndObject() => Close((byte)'}');

    public void BeginList(string name)
    {
        Name(name);
        Open((byte)'[');
    }

    public void EndList() => Close((byte)']');

    /// <summary>A string member; null is written as <c>null</c>.</summary>
    public void Member(string name, string? value)
    {
        Name(name);
        Text(value);
    }

    public void Member(string name, scoped ReadOnlySpan<char> value)
    {
        Name(name);
        _sink.String(value);
    }

    public void Member(string name, long value)
    {
        Name(name);
        JsonWriter.Write(ref _sink, value);
    }

    public void Member(string name, bool value)
    {
        Name(name);
        _sink.Bytes(value ? "true"u8 : "false"u8);
    }

    /// <summary>The instant as RFC 3339 text in UTC.</summary>
    public void Member(string name, DateTimeOffset value)
    {
        Name(name);
        _sink.String(Rfc3339.Write(value, stackalloc char[Rfc3339.Longest]));
    }

    public void Member(string name, Value value)
    {
        Name(name);
        JsonWriter.Write(ref _sink, value, canonical: true);
    }

    public void Item(string? value)
    {
        Item();
        Text(value);
    }

    public void Item(Value value)
    {
        Item();
        JsonWriter.Write(ref _sink, value, canonical: true);
    }

    public void Flush() => _sink.Flush();

    private void Text(string? value)
    {
        if (value is null)
        {
            _sink.Bytes("null"u8);
        }
        else
        {
            _sink.String(value);
        }
    }

    private void Name(string name)
    {
#if DEBUG
        var last = _last.Count > 0 ? _last.Pop() : null;
        Debug.Assert(last is null || string.CompareOrdinal(last, name) < 0, $"The member '{name}' may not follow '{last}'.");
        _last.Push(name);
#endif
        Item();
        _sink.String(name);
        _sink.Byte((byte)':');
    }

    private void Item()
    {
        if (_comma)
        {
            _sink.Byte((byte)',');
        }
        _comma = true;
    }

    private void Open(byte bracket)
    {
#if DEBUG
        _last.Push(null);
#endif
        _sink.Byte(bracket);
        _comma = false;
    }

    private void Close(byte bracket)
    {
#if DEBUG
        _last.Pop();
#endif
        _sink.Byte(bracket);
        _comma = true;
    }
}
