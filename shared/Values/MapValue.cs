using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Approvals.Values;

/// <summary>The members of a map in source order, each name once.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A map is a kind of value, not a collection type of its own.")]
public sealed class MapValue : IEquatable<MapValue>, IReadOnlyCollection<KeyValuePair<string, Value>>
{
    /// <summary>Up to this many members are found faster by looking at each than by hashing.</summary>
    internal const int Scanned = 8;

    public static readonly MapValue Empty = new([], [], null);

    private readonly string[] _names;
    private readonly Value[] _values;
    private readonly Dictionary<string, int>? _index;

    /// <summary>Takes the arrays over. <paramref name="index"/> is needed above <see cref="Scanned"/> members.</summary>
    internal MapValue(string[] names, Value[] values, Dictionary<string, int>? index)
    {
        _names = names;
        _values = values;
        _index = index;
    }

    public int Count => _names.Length;

    /// <summary>The names in source order.</summary>
    public ReadOnlySpan<string> Keys => _names;

    /// <summary>The values, in the order of <see cref="Keys"/>.</summary>
    public ReadOnlySpan<Value> Values => _values;

    public bool TryGet(string name, out Value value) => TryAt(IndexOf(name), out value);

    public bool TryGet(ReadOnlySpan<char> name, out Value value) => TryAt(IndexOf(name), out value);

    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>
    /// The same, starting where the caller found this name last time: objects from one source have their members in one order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int IndexOf(string name, ref int hint)
    {
        var names = _names;
        var at = hint;
        return (uint)at < (uint)names.Length && ReferenceEquals(names[at], name) ? at : Search(name, ref hint);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Value ValueAt(int index) => ref _values[index];

    /// <summary>The names' array, so that objects of one shape can share it.</summary>
    internal string[] NameArray => _names;

    private int Search(string name, ref int hint)
    {
        var at = hint;
        if ((uint)at < (uint)_names.Length && _names[at] == name)
        {
            return at;
        }
        at = IndexOf(name);
        if (at >= 0)
        {
            hint = at;
        }
        return at;
    }

    private int IndexOf(string name)
    {
        if (_index is { } index)
        {
            return index.TryGetValue(name, out var found) ? found : -1;
        }
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i] == name)
            {
                return i;
            }
        }
        return -1;
    }

    private int IndexOf(ReadOnlySpan<char> name)
    {
        if (_index is { } index)
        {
            return index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : -1;
        }
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }
        return -1;
    }

    private bool TryAt(int index, out Value value)
    {
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    internal static MapValue Of(IEnumerable<KeyValuePair<string, Value>> members)
    {
        var pairs = members.ToArray();
        return Of(Array.ConvertAll(pairs, pair => pair.Key), Array.ConvertAll(pairs, pair => pair.Value));
    }

    internal static MapValue Of(ReadOnlySpan<(string Name, Value Value)> members)
    {
        var names = new string[members.Length];
        var values = new Value[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            (names[i], values[i]) = members[i];
        }
        return Of(names, values);
    }

    private static MapValue Of(string[] names, Value[] values)
    {
        if (names.Length == 0)
        {
            return Empty;
        }
        var index = names.Length > Scanned ? new Dictionary<string, int>(names.Length, StringComparer.Ordinal) : null;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = MemberNames.Intern(names[i]);
            if (index is null ? names.AsSpan(0, i).Contains(names[i]) : !index.TryAdd(names[i], i))
            {
                throw new ArgumentException($"The member '{names[i]}' comes twice.", nameof(names));
            }
        }
        return new MapValue(names, values, index);
    }

    public bool Equals(MapValue? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }
        for (var i = 0; i < _names.Length; i++)
        {
            var hint = i;
            var at = other.IndexOf(_names[i], ref hint);
            if (at < 0 || !_values[i].Equals(other._values[at]))
            {
                return false;
            }
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as MapValue);

    public override int GetHashCode()
    {
        var sum = Count;
        for (var i = 0; i < _names.Length; i++)
        {
            sum += HashCode.Combine(_names[i], _values[i]);
        }
        return sum;
    }

    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            yield return new(_names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
