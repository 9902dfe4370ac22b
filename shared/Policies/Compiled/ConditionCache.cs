using System.Collections.Concurrent;

namespace Approvals.Policies.Compiled;

/// <summary>
/// Compiled conditions by their text, across versions, requests and snapshots. Bounded: where it is full, what was compiled first goes.
/// Only an economy; policies in force hold on to their own.
/// </summary>
internal static class ConditionCache
{
    private const int Most = 8192;

    private static readonly ConcurrentDictionary<string, CompiledCondition> Compiled = new(StringComparer.Ordinal);
    private static readonly ConcurrentQueue<string> Order = new();

    public static CompiledCondition Of(string text)
    {
        if (Compiled.TryGetValue(text, out var known))
        {
            return known;
        }
        var condition = new CompiledCondition(text);
        if (!Compiled.TryAdd(text, condition))
        {
            return condition;
        }
        Order.Enqueue(text);
        while (Order.Count > Most && Order.TryDequeue(out var oldest))
        {
            Compiled.TryRemove(oldest, out _);
        }
        return condition;
    }
}
