using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Approvals.Values;

/// <summary>
/// An immutable JSON or condition value in 16 bytes. Scalars live in the bits and are told apart by a tag object, so that
/// numbers and booleans never allocate; strings, lists and maps are referenced. The default is <see cref="Null"/>.
/// </summary>
[JsonConverter(typeof(ValueConverter))]
public readonly partial struct Value : IEquatable<Value>
{
    private readonly object? _ref;
    private readonly long _bits;

    private Value(object? reference, long bits = 0)
    {
        _ref = reference;
        _bits = bits;
    }

    /// <summary>Says which kind of scalar the bits are; compared by reference.</summary>
    /// <param name="nanos">What a time has beyond its ticks of 100 ns: 0 to 99.</param>
    private sealed class Tag(ValueKind kind, int nanos = 0)
    {
        public readonly ValueKind Kind = kind;
        public readonly int Nanos = nanos;

        public static readonly Tag Bool = new(ValueKind.Bool);
        public static readonly Tag Int = new(ValueKind.Int);
        public static readonly Tag Double = new(ValueKind.Double);
        public static readonly Tag Fault = new((ValueKind)byte.MaxValue);

        private static readonly Tag[] Timestamps = [.. Enumerable.Range(0, NanosPerTick).Select(nanos => new Tag(ValueKind.Timestamp, nanos))];
        private static readonly Tag[] Durations = [.. Enumerable.Range(0, NanosPerTick).Select(nanos => new Tag(ValueKind.Duration, nanos))];

        public static Tag Timestamp(int nanos) => Timestamps[nanos];

        public static Tag Duration(int nanos) => Durations[nanos];
    }

    public static Value Null => default;
    public static Value True => new(Tag.Bool, 1);
    public static Value False => new(Tag.Bool);

    public static Value From(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static Value From(long value) => new(Tag.Int, value);
    public static Value From(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string, or <see cref="Null"/> for a null reference.</summary>
    [OverloadResolutionPriority(1)]
    public static Value From(string? value) => new(value);

    /// <summary>The instant; the offset is not kept.</summary>
    public static Value From(DateTimeOffset value) => new(Tag.Timestamp(0), value.UtcTicks);

    public static Value From(TimeSpan value) => new(Tag.Duration(0), value.Ticks);

    public static Value List(ImmutableArray<Value> items) => Own(ImmutableCollectionsMarshal.AsArray(items) ?? []);

    /// <summary>A list of a copy of <paramref name="items"/>.</summary>
    [OverloadResolutionPriority(1)]
    public static Value List(params ReadOnlySpan<Value> items) => Own(items.ToArray());

    /// <summary>A map in the given order. A name that comes twice is an <see cref="ArgumentException"/>.</summary>
    public static Value Map(IEnumerable<KeyValuePair<string, Value>> members) => new(MapValue.Of(members));

    /// <summary>A map in the given order. A name that comes twice is an <see cref="ArgumentException"/>.</summary>
    public static Value Map(params ReadOnlySpan<(string Name, Value Value)> members) => new(MapValue.Of(members));

    public static Value From(MapValue map) => new(map);

    /// <summary>A list over an array that the caller gives up.</summary>
    internal static Value Own(Value[] items) => new(items);

    public ValueKind Kind => _ref switch
    {
        null => ValueKind.Null,
        string => ValueKind.String,
        Tag tag => tag.Kind,
        Value[] => ValueKind.List,
        _ => ValueKind.Map,
    };

    public bool IsNull => _ref is null;

    public bool AsBool() => ReferenceEquals(_ref, Tag.Bool) ? _bits != 0 : throw Not(ValueKind.Bool);

    /// <summary>An int, or a double that is a whole number within ±2^53 (which is how JSON delivers integers).</summary>
    public long AsInt()
    {
        if (ReferenceEquals(_ref, Tag.Int))
        {
            return _bits;
        }
        return ReferenceEquals(_ref, Tag.Double) && RawDouble is var number && Math.Abs(number) <= JsonNumber.LargestInteger
            && Math.Truncate(number) == number ? (long)number : throw Not(ValueKind.Int);
    }

    /// <summary>A double, or an int widened to one.</summary>
    public double AsDouble() => ReferenceEquals(_ref, Tag.Double) ? RawDouble
        : ReferenceEquals(_ref, Tag.Int) ? _bits : throw Not(ValueKind.Double);

    public string AsString() => _ref as string ?? throw Not(ValueKind.String);

    /// <summary>The instant, in UTC, without what is finer than 100 ns.</summary>
    public DateTimeOffset AsTimestamp() => _ref is Tag { Kind: ValueKind.Timestamp } ? new(_bits, TimeSpan.Zero) : throw Not(ValueKind.Timestamp);

    /// <summary>Rounded down to 100 ns.</summary>
    public TimeSpan AsDuration() => _ref is Tag { Kind: ValueKind.Duration } ? new(_bits) : throw Not(ValueKind.Duration);

    /// <summary>The items of a list.</summary>
    public ReadOnlySpan<Value> Items => _ref as Value[] ?? throw Not(ValueKind.List);

    /// <summary>The members of a map.</summary>
    public MapValue Members => _ref as MapValue ?? throw Not(ValueKind.Map);

    /// <summary>The member of that name; false where there is none or this is no map.</summary>
    public bool TryGet(string member, out Value value)
    {
        if (_ref is MapValue map)
        {
            return map.TryGet(member, out value);
        }
        value = default;
        return false;
    }

    /// <summary>The compact JSON text.</summary>
    public override string ToString() => JsonText.ToText(this);

    private InvalidOperationException Not(ValueKind wanted) => new($"The value is {Kind}, not {wanted}.");
}
