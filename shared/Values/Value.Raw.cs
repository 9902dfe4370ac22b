using System.Runtime.CompilerServices;

namespace Approvals.Values;

/// <summary>What compiled conditions use: tests without exceptions, and the mark of a fault, which never leaves an evaluation.</summary>
public readonly partial struct Value
{
    internal static Value Fault => new(Tag.Fault);

    internal bool IsFault => ReferenceEquals(_ref, Tag.Fault);
    internal bool IsBool => ReferenceEquals(_ref, Tag.Bool);
    internal bool IsInt => ReferenceEquals(_ref, Tag.Int);
    internal bool IsDouble => ReferenceEquals(_ref, Tag.Double);

    /// <summary>The bool (0 or 1), the int or the ticks.</summary>
    internal long RawBits => _bits;

    /// <summary>Ticks of 100 ns hold a time within the bits; the rest of it is in the tag.</summary>
    private const int NanosPerTick = 100;

    /// <param name="nanos">Since the year 1, within the years 1 to 9999.</param>
    internal static Value Timestamp(Int128 nanos) => Time(nanos, Tag.Timestamp);

    /// <param name="nanos">Within <see cref="DurationText.Longest"/>, either way.</param>
    internal static Value Duration(Int128 nanos) => Time(nanos, Tag.Duration);

    private static Value Time(Int128 nanos, Func<int, Tag> tag)
    {
        var (ticks, rest) = Int128.DivRem(nanos, NanosPerTick);
        return rest < 0 ? new(tag((int)rest + NanosPerTick), (long)ticks - 1) : new(tag((int)rest), (long)ticks);
    }

    /// <summary>Of a timestamp (since the year 1) or a duration.</summary>
    internal Int128 RawNanos => ((Int128)_bits * NanosPerTick) + ((Tag)_ref!).Nanos;

    /// <summary>The order of two bools, timestamps or durations.</summary>
    internal int CompareRaw(Value other) => _bits != other._bits ? _bits.CompareTo(other._bits) : ((Tag)_ref!).Nanos - ((Tag)other._ref!).Nanos;

    internal double RawDouble => BitConverter.Int64BitsToDouble(_bits);

    internal string? TextOrNull => _ref as string;
    internal MapValue? MapOrNull => _ref as MapValue;
    internal Value[]? ListOrNull => _ref as Value[];

    /// <summary>A double, or an int widened to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryNumber(out double number)
    {
        number = IsDouble ? RawDouble : _bits;
        return IsDouble || IsInt;
    }
}
