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
