using System.Collections.Immutable;

namespace Approvals.Chains;

/// <summary>Arrays from outside may be unset; the decider takes them as empty.</summary>
internal static class Arrays
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
