using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Approvals.Values;

/// <summary>Values from and to JSON text (RFC 8259) and its canonical form (RFC 8785).</summary>
/// <remarks>
/// Writing is total. What JSON has no word for is written as a string: a timestamp (RFC 3339), a duration (<c>90s</c>), an integer
/// that no double holds, NaN and the infinities.
/// </remarks>
public static class JsonText
{
    /// <summary>
    /// Reads one JSON value, strictly: no duplicate members, comments, trailing commas, byte-order mark, invalid UTF-8 or lone
    /// surrogates; numbers become doubles and are refused where a double can't hold them as written.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, JsonLimits limits, out Value value, [NotNullWhen(false)] out JsonError? error) =>
        JsonParser.TryParse(utf8, limits, out value, out error);

    /// <summary>The same with <see cref="JsonLimits.Default"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Value value, [NotNullWhen(false)] out JsonError? error) =>
        JsonParser.TryParse(utf8, JsonLimits.Default, out value, out error);

    /// <summary>Text that is known to be valid, such as what <see cref="Write"/> made. Anything else is a <see cref="FormatException"/>.</summary>
    public static Value Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Parse(string)"/>
    public static Value Parse(ReadOnlySpan<byte> utf8) => JsonParser.TryParse(utf8, Trusted, out var value, out var error)
        ? value
        : throw new FormatException($"{error.Message} (line {error.Line}, column {error.Column})");

    /// <summary>Compact text, members in source order. What was parsed and written parses again to the same value.</summary>
    public static void Write(Value value, IBufferWriter<byte> output)
    {
        var sink = new Utf8Sink(output);
        JsonWriter.Write(ref sink, value, canonical: false);
        sink.Flush();
    }

    /// <summary>The RFC 8785 form: for hashes and signatures. Members in the order of their UTF-16 units, numbers as ECMAScript prints them.</summary>
    public static void WriteCanonical(Value value, IBufferWriter<byte> output)
    {
        var sink = new Utf8Sink(output);
        JsonWriter.Write(ref sink, value, canonical: true);
        sink.Flush();
    }

    public static string ToText(Value value)
    {
        using var output = PooledOutput.Rent();
        Write(value, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    public static byte[] Canonical(Value value)
    {
        using var output = PooledOutput.Rent();
        WriteCanonical(value, output);
        return output.Written.ToArray();
    }

    private static readonly JsonLimits Trusted = new()
    {
        MaxBytes = int.MaxValue,
        MaxStringLength = int.MaxValue,
        MaxMembers = int.MaxValue,
        MaxDepth = 128,
        LargeIntegers = true,
    };
}
