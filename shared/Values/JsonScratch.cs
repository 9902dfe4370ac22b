using System.Globalization;
using System.Text;

namespace Approvals.Values;

/// <summary>
/// What a parse needs while it runs, kept for the next one on the same thread: the values of all open containers on one stack, and
/// the step taken in each for error pointers.
/// </summary>
internal sealed class JsonScratch : IDisposable
{
    /// <summary>Larger stacks are left to the collector.</summary>
    private const int Kept = 4096;

    [ThreadStatic]
    private static JsonScratch? _free;

    private string[] _names = new string[64];
    private Value[] _values = new Value[64];
    private Level[] _levels = new Level[16];
    private int _depth;
    private int _deepest;

    public struct Level
    {
        public string? Name;
        public int Index;

        /// <summary>The names of the last object at this depth: the next one often has the same and shares them.</summary>
        public string[]? Shape;

        /// <summary>Finds repeated names once there are too many to look at each.</summary>
        public Dictionary<string, int>? Seen;
    }

    public int Count { get; private set; }

    public ref Level Top => ref _levels[_depth - 1];

    public bool InNothing => _depth == 0;

    /// <summary>The innermost open container is an object.</summary>
    public bool InObject => _depth > 0 && Top.Index < 0;

    public static JsonScratch Rent()
    {
        var scratch = _free ?? new JsonScratch();
        _free = null;
        return scratch;
    }

    public bool Enter(int maxDepth)
    {
        if (_depth >= maxDepth)
        {
            return false;
        }
        if (_depth == _levels.Length)
        {
            Array.Resize(ref _levels, _depth * 2);
        }
        _levels[_depth].Seen = null;
        _levels[_depth].Name = null;
        _levels[_depth++].Index = -1;
        _deepest = Math.Max(_deepest, _depth);
        return true;
    }

    public void Leave() => _depth--;

    public void Push(Value value) => Push("", value);

    public void Push(string name, Value value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _names, Count * 2);
        }
        _names[Count] = name;
        _values[Count++] = value;
    }

    /// <summary>Whether the object whose members begin at <paramref name="start"/> already has that name; remembers it.</summary>
    public bool Repeats(string name, int start)
    {
        var count = Count - start;
        if (count < MapValue.Scanned)
        {
            return _names.AsSpan(start, count).Contains(name);
        }
        ref var seen = ref Top.Seen;
        if (seen is null)
        {
            seen = new Dictionary<string, int>(count * 2, StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                seen.Add(_names[start + i], i);
            }
        }
        return !seen.TryAdd(name, count);
    }

    public Value TakeList(int start)
    {
        var items = _values.AsSpan(start, Count - start).ToArray();
        Drop(start);
        return Value.Own(items);
    }

    public Value TakeMap(int start)
    {
        if (Count == start)
        {
            return Value.From(MapValue.Empty);
        }
        var names = _names.AsSpan(start, Count - start);
        ref var shape = ref Top.Shape;
        if (shape is null || !IsShape(names, shape))
        {
            shape = names.ToArray();
        }
        var map = new MapValue(shape, _values.AsSpan(start, Count - start).ToArray(), Top.Seen);
        Drop(start);
        return Value.From(map);
    }

    /// <summary>Pops what a container took, and lets go of it.</summary>
    private void Drop(int start)
    {
        Array.Clear(_values, start, Count - start);
        Array.Clear(_names, start, Count - start);
        Count = start;
    }

    private static bool IsShape(ReadOnlySpan<string> names, string[] shape)
    {
        if (shape.Length != names.Length)
        {
            return false;
        }
        for (var i = 0; i < shape.Length; i++)
        {
            if (!ReferenceEquals(shape[i], names[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The RFC 6901 pointer to where the parse stands.</summary>
    public string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (ref readonly var level in _levels.AsSpan(0, _depth))
        {
            if (level.Name is { } name)
            {
                pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
            else if (level.Index >= 0)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{level.Index}");
            }
        }
        return pointer.ToString();
    }

    public void Dispose()
    {
        Drop(0);
        Array.Clear(_levels, 0, _deepest);
        _depth = 0;
        _deepest = 0;
        if (_values.Length <= Kept && _levels.Length <= Kept)
        {
            _free = this;
        }
    }
}
