using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>What a loop goes over: the items of a list, or the keys of a map.</summary>
internal readonly ref struct Elements
{
    private readonly ReadOnlySpan<Value> _items;
    private readonly ReadOnlySpan<string> _keys;

    private Elements(ReadOnlySpan<Value> items, ReadOnlySpan<string> keys)
    {
        _items = items;
        _keys = keys;
    }

    /// <summary>At most one of the two has anything.</summary>
    public int Count => _items.Length + _keys.Length;

    public Value this[int index] => _keys.Length > 0 ? Value.From(_keys[index]) : _items[index];

    public static bool TryGet(ref Frame frame, Node loop, Value range, out Elements elements)
    {
        if (range.ListOrNull is { } items)
        {
            elements = new Elements(items, default);
            return true;
        }
        if (range.MapOrNull is { } map)
        {
            elements = new Elements(default, map.Keys);
            return true;
        }
        if (!range.IsFault)
        {
            frame.Fail(loop, Faults.NoItems, range);
        }
        elements = default;
        return false;
    }
}
