using System.Collections.Immutable;

namespace Approvals;

/// <summary>An array that nobody set (or that stored JSON leaves out) is an empty one.</summary>
internal static class Arrays
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
