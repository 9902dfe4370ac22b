using System.Collections.Immutable;
using Approvals.Policies;

namespace Approvals.Delegations;

/// <summary>Sets of action patterns, none of which covers another.</summary>
internal static class PatternSet
{
    public static bool Covers(ImmutableArray<string> patterns, string narrow) => patterns.Any(wide => ActionPattern.Covers(wide, narrow));

    /// <summary>What both sets match.</summary>
    public static ImmutableArray<string> Common(ImmutableArray<string> left, ImmutableArray<string> right) =>
        Union([], [.. left.SelectMany(_ => right, ActionPattern.Common).OfType<string>()]);

    public static ImmutableArray<string> Union(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        var union = left;
        foreach (var pattern in right)
        {
            if (!Covers(union, pattern))
            {
                union = union.RemoveAll(narrow => ActionPattern.Covers(pattern, narrow)).Add(pattern);
            }
        }
        return union;
    }
}
