using System.Buffers;
using System.Text;

namespace Approvals.Values;

/// <summary>Bytes on their way to a buffer writer, asked for in larger pieces. <see cref="Flush"/> hands over what is left.</summary>
internal ref struct Utf8Sink(IBufferWriter<byte> output)
{
    /// <summary>UTF-16 units transcoded at a time; each takes at most three bytes.</summary>
    private const int Piece = 1024;

    /// <summary>What RFC 8259 makes a writer escape; RFC 8785 allows nothing more.</summary>
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _span;
    private int _used;

    public void Byte(byte value)
    {
        if (_used == _span.Length)
        {
            Reserve(1);
        }
        _span[_used++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>At least that many free bytes; <see cref="Took"/> says how many were used.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_span.Length - _used < size)
        {
            Flush();
            _span = _output.GetSpan(Math.Max(size, 256));
        }
        return _span[_used..];
    }

    public void Took(int count) => _used += count;

    public void Flush()
    {
        if (_used > 0)
        {
            _output.Advance(_used);
        }
        _span = default;
        _used = 0;
    }

    /// <summary>A JSON string with its quotes. A lone surrogate, which UTF-8 can't express, becomes U+FFFD.</summary>
    public void String(scoped ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (text.Length > 0)
        {
            var clean = text.IndexOfAny(Escaped);
            Transcode(clean < 0 ? text : text[..clean]);
            if (clean < 0)
            {
                break;
            }
            Escape(text[clean]);
            text = text[(clean + 1)..];
        }
        Byte((byte)'"');
    }

    private void Transcode(scoped ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var length = Math.Min(text.Length, Piece);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length--;
            }
            var written = Encoding.UTF8.GetBytes(text[..length], Reserve(length * 3));
            _used += written;
            text = text[length..];
        }
    }

    private void Escape(char unit)
    {
        var letter = unit switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => 'u',
        };
        Byte((byte)'\\');
        Byte((byte)letter);
        if (letter == 'u')
        {
            Bytes("00"u8);
            Byte((byte)(unit < 0x10 ? '0' : '1'));
            Byte((byte)"0123456789abcdef"[unit & 0xF]);
        }
    }
}
