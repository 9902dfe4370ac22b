using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>
/// CEL's <c>==</c>: values of different kinds are unequal, NaN is unequal to itself, and an int meets a double as a double. Deep
/// comparisons are charged; the result is of no use once the steps are used up.
/// </summary>
internal static class Equality
{
    public static bool Same(ref Frame frame, Value left, Value right)
    {
        if (left.TryNumber(out var x))
        {
            return right.TryNumber(out var y) && (left.IsInt && right.IsInt ? left.RawBits == right.RawBits : x == y);
        }
        if (left.TextOrNull is { } text)
        {
            return right.TextOrNull is { } other && text.Length == other.Length && frame.Charge(text.Length / Work.UnitsPerStep) && text == other;
        }
        if (left.ListOrNull is { } items)
        {
            return right.ListOrNull is { } others && SameItems(ref frame, items, others);
        }
        if (left.MapOrNull is { } map)
        {
            return right.MapOrNull is { } other && SameMembers(ref frame, map, other);
        }
        return left.Equals(right);
    }

    private static bool SameItems(ref Frame frame, Value[] left, Value[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }
        for (var i = 0; i < left.Length; i++)
        {
            if (!frame.Charge(1) || !Same(ref frame, left[i], right[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool SameMembers(ref Frame frame, MapValue left, MapValue right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }
        for (var i = 0; i < left.Count; i++)
        {
            var name = left.Keys[i];
            if (!frame.Charge(1 + (name.Length / Work.UnitsPerStep)) || !right.TryGet(name, out var member) || !Same(ref frame, left.Values[i], member))
            {
                return false;
            }
        }
        return true;
    }
}
