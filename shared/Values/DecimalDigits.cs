namespace Approvals.Values;

/// <summary>
/// A decimal number as <c>0.d1d2…dn × 10^Point</c>, without zeros at either end: two texts are the same number exactly where these
/// are the same. Holds no more digits than the shortest text of a double can have.
/// </summary>
internal ref struct DecimalDigits(Span<byte> buffer)
{
    /// <summary>The most digits that the shortest round-trip text of a double has.</summary>
    public const int Most = 17;

    /// <summary>An exponent beyond this is zero or infinity to any double, however many digits stand before it.</summary>
    private const int ExponentCap = 100_000_000;

    private readonly Span<byte> _buffer = buffer;

    public int Count { get; private set; }
    public int Point { get; private set; }
    public readonly ReadOnlySpan<byte> Digits => _buffer[..Count];

    /// <summary>Reads a JSON number or what <c>double.TryFormat</c> writes. False where it has more than <see cref="Most"/> digits.</summary>
    public bool Read(ReadOnlySpan<byte> text)
    {
        var zeros = 0;
        var afterPoint = false;
        var i = 0;
        for (; i < text.Length && (text[i] | 0x20) != 'e'; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                afterPoint = true;
            }
            else if (c != '-')
            {
                if (c == '0')
                {
                    // Zeros count only once a digit follows them.
                    zeros += Count > 0 ? 1 : 0;
                    Point += Count > 0 ? (afterPoint ? 0 : 1) : (afterPoint ? -1 : 0);
                    continue;
                }
                if (Count + zeros >= Most)
                {
                    return false;
                }
                _buffer.Slice(Count, zeros).Fill((byte)'0');
                Count += zeros;
                zeros = 0;
                _buffer[Count++] = c;
                Point += afterPoint ? 0 : 1;
            }
        }
        Point = Count == 0 ? 0 : Point + Exponent(text[i..]);
        return true;
    }

    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit((char)c))
            {
                value = Math.Min((value * 10) + (c - '0'), ExponentCap);
            }
        }
        return text.Length > 1 && text[1] == '-' ? -value : value;
    }
}
