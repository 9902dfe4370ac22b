namespace Approvals.Conditions.Functions;

/// <summary>CEL's strings are sequences of code points; ours are of UTF-16 units.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        var rest = text.AsSpan();
        for (var high = rest.IndexOfAnyInRange('\uD800', '\uDBFF'); high >= 0; high = rest.IndexOfAnyInRange('\uD800', '\uDBFF'))
        {
            var isPair = high + 1 < rest.Length && char.IsLowSurrogate(rest[high + 1]);
            count -= isPair ? 1 : 0;
            rest = rest[(high + 1)..];
        }
        return count;
    }

    /// <summary>Orders as code points: those beyond U+FFFF, whose units are smaller, come after U+E000–U+FFFF.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
