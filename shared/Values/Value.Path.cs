using System.Globalization;

namespace Approvals.Values;

public readonly partial struct Value
{
    /// <summary>
    /// The value at a dotted path such as <c>vendor.name</c> or <c>lines.0.amount</c> (list positions count from 0), or null
    /// where a step leads nowhere. A step is looked up as a member name in maps and as a position in lists.
    /// </summary>
    public Value? At(string dottedPath)
    {
        var current = this;
        foreach (var range in dottedPath.AsSpan().Split('.'))
        {
            if (!current.Step(dottedPath.AsSpan()[range], out var next))
            {
                return null;
            }
            current = next;
        }
        return current;
    }

    private bool Step(ReadOnlySpan<char> step, out Value value)
    {
        value = default;
        switch (_ref)
        {
            case MapValue map:
                return map.TryGet(step, out value);
            case Value[] items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Length:
                value = items[index];
                return true;
            default:
                return false;
        }
    }
}
