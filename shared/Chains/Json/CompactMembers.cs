using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;

namespace Approvals.Chains.Json;

/// <summary>Members as the contracts of <see cref="ChainJson"/> write them: what is null, its type's default or an empty list is left out.</summary>
internal static class CompactMembers
{
    /// <summary>Of a duration in its longest form, <c>-10675199.02:48:05.4775808</c>.</summary>
    private const int LongestDuration = 26;

    public static void Text(this Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Texts(this Utf8JsonWriter writer, JsonEncodedText name, ImmutableArray<string> values) =>
        writer.List(name, values, static (writer, value) => writer.WriteStringValue(value));

    /// <param name="write">Writes one item; static, so that nothing is allocated for it.</param>
    public static void List<T>(this Utf8JsonWriter writer, JsonEncodedText name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (!items.IsEmpty)
        {
            writer.WriteStartArray(name);
            foreach (var item in items)
            {
                write(writer, item);
            }
            writer.WriteEndArray();
        }
    }

    public static void Number(this Utf8JsonWriter writer, JsonEncodedText name, long value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }

    public static void Flag(this Utf8JsonWriter writer, JsonEncodedText name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    public static void Word<T>(this Utf8JsonWriter writer, JsonEncodedText name, T value)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, default))
        {
            writer.WriteString(name, EnumWords<T>.Of(value));
        }
    }

    public static void Word<T>(this Utf8JsonWriter writer, JsonEncodedText name, T? value)
        where T : struct, Enum
    {
        if (value is { } word)
        {
            writer.WriteString(name, EnumWords<T>.Of(word));
        }
    }

    public static void Time(this Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset value)
    {
        if (value != default)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Time(this Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteString(name, time);
        }
    }

    public static void Duration(this Utf8JsonWriter writer, JsonEncodedText name, TimeSpan value)
    {
        if (value != TimeSpan.Zero)
        {
            writer.WritePropertyName(name);
            writer.DurationValue(value);
        }
    }

    /// <summary>The constant ("c") form; never left out.</summary>
    public static void DurationValue(this Utf8JsonWriter writer, TimeSpan value)
    {
        Span<byte> text = stackalloc byte[LongestDuration];
        Utf8Formatter.TryFormat(value, text, out var length);
        writer.WriteStringValue(text[..length]);
    }
}
