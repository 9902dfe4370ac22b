using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Approvals.Values;

/// <summary>Writes values as JSON; see <see cref="JsonText"/> for what it does with values that JSON lacks.</summary>
internal static class JsonWriter
{
    private const int SortedOnStack = 32;

    public static void Write(ref Utf8Sink sink, Value value, bool canonical)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                sink.Bytes("null"u8);
                break;
            case ValueKind.Bool:
                sink.Bytes(value.AsBool() ? "true"u8 : "false"u8);
                break;
            case ValueKind.Int:
                Write(ref sink, value.AsInt());
                break;
            case ValueKind.Double:
                sink.Took(NumberText.Write(value.AsDouble(), sink.Reserve(NumberText.Longest), spellOut: canonical));
                break;
            case ValueKind.String:
                sink.String(value.AsString());
                break;
            case ValueKind.List:
                WriteList(ref sink, value.Items, canonical);
                break;
            case ValueKind.Map:
                WriteMap(ref sink, value.Members, canonical);
                break;
            case ValueKind.Timestamp:
                sink.String(Rfc3339.Format(value.RawNanos));
                break;
            default:
                sink.String(DurationText.Format(value.RawNanos));
                break;
        }
    }

    /// <summary>As a number where every reader will take it for the same number, else as text.</summary>
    public static void Write(ref Utf8Sink sink, long number)
    {
        var quoted = number is > JsonNumber.LargestInteger or < -JsonNumber.LargestInteger;
        if (quoted)
        {
            sink.Byte((byte)'"');
        }
        Utf8Formatter.TryFormat(number, sink.Reserve(20), out var written);
        sink.Took(written);
        if (quoted)
        {
            sink.Byte((byte)'"');
        }
    }

    private static void WriteList(ref Utf8Sink sink, ReadOnlySpan<Value> items, bool canonical)
    {
        sink.Byte((byte)'[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                sink.Byte((byte)',');
            }
            Write(ref sink, items[i], canonical);
        }
        sink.Byte((byte)']');
    }

    private static void WriteMap(ref Utf8Sink sink, MapValue map, bool canonical)
    {
        if (canonical && !IsSorted(map.Keys))
        {
            WriteSorted(ref sink, map);
            return;
        }
        sink.Byte((byte)'{');
        for (var i = 0; i < map.Count; i++)
        {
            WriteMember(ref sink, map, i, first: i == 0, canonical);
        }
        sink.Byte((byte)'}');
    }

    private static void WriteSorted(ref Utf8Sink sink, MapValue map)
    {
        int[]? rented = null;
        var order = map.Count <= SortedOnStack ? stackalloc int[map.Count] : (rented = ArrayPool<int>.Shared.Rent(map.Count)).AsSpan(0, map.Count);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Sort(order, map);
        sink.Byte((byte)'{');
        for (var i = 0; i < order.Length; i++)
        {
            WriteMember(ref sink, map, order[i], first: i == 0, canonical: true);
        }
        sink.Byte((byte)'}');
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private static void WriteMember(ref Utf8Sink sink, MapValue map, int index, bool first, bool canonical)
    {
        if (!first)
        {
            sink.Byte((byte)',');
        }
        sink.String(map.Keys[index]);
        sink.Byte((byte)':');
        Write(ref sink, map.Values[index], canonical);
    }

    private static bool IsSorted(ReadOnlySpan<string> names)
    {
        for (var i = 1; i < names.Length; i++)
        {
            if (string.CompareOrdinal(names[i - 1], names[i]) > 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>By insertion where there are few, without a comparer to allocate.</summary>
    private static void Sort(Span<int> order, MapValue map)
    {
        if (order.Length > SortedOnStack)
        {
            SortMany(order, map);
            return;
        }
        for (var i = 1; i < order.Length; i++)
        {
            var moved = order[i];
            var name = map.Keys[moved];
            var at = i;
            for (; at > 0 && string.CompareOrdinal(map.Keys[order[at - 1]], name) > 0; at--)
            {
                order[at] = order[at - 1];
            }
            order[at] = moved;
        }
    }

    private static void SortMany(Span<int> order, MapValue map) => order.Sort((x, y) => string.CompareOrdinal(map.Keys[x], map.Keys[y]));
}
