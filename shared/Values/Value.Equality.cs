using System.Runtime.CompilerServices;

namespace Approvals.Values;

public readonly partial struct Value
{
    /// <summary>
    /// Deep equality. Numbers are equal where they are mathematically equal, whatever their kind; NaN equals itself (so that
    /// equality is an equivalence); maps are equal whatever the order of their members.
    /// </summary>
    public bool Equals(Value other)
    {
        if (ReferenceEquals(_ref, other._ref))
        {
            return _bits == other._bits || (ReferenceEquals(_ref, Tag.Double) && RawDouble.Equals(other.RawDouble));
        }
        return (_ref, other._ref) switch
        {
            (string left, string right) => left == right,
            (Value[] left, Value[] right) => left.AsSpan().SequenceEqual(right),
            (MapValue left, MapValue right) => left.Equals(right),
            (Tag { Kind: ValueKind.Int }, Tag { Kind: ValueKind.Double }) => Same(_bits, other.RawDouble),
            (Tag { Kind: ValueKind.Double }, Tag { Kind: ValueKind.Int }) => Same(other._bits, RawDouble),
            _ => false,
        };
    }

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => _ref switch
    {
        null => 0,
        string text => text.GetHashCode(),
        Tag { Kind: ValueKind.Double } => HashOf(RawDouble),
        Tag { Kind: ValueKind.Int } => HashOf(_bits),
        Tag tag => HashCode.Combine(tag.Kind, _bits),
        Value[] items => HashOf(items),
        _ => Unsafe.As<MapValue>(_ref).GetHashCode(),
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>Exact: 2^53 + 1 as an int is no double's equal. 2^63 itself is a double but no int.</summary>
    internal static bool Same(long left, double right) => right == left && right < 9223372036854775808.0 && (long)right == left;

    /// <summary>Zero has two signs but one hash; <c>double.GetHashCode</c> sees to that and to NaN.</summary>
    private static int HashOf(double number) => number.GetHashCode();

    private static int HashOf(Value[] items)
    {
        var hash = new HashCode();
        foreach (ref readonly var item in items.AsSpan())
        {
            hash.Add(item.GetHashCode());
        }
        return hash.ToHashCode();
    }
}
