using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Approvals.Policies.Compiled;

/// <summary>
/// Finds the policies for an action type without looking at the others: by the exact name, by every prefix with a wildcard, and those for
/// all. Where only one of these has any, or none has, nothing is allocated; a merged answer is kept.
/// </summary>
internal sealed class PolicyIndex
{
    /// <summary>Action types come from callers: beyond this many, merged answers are made anew each time.</summary>
    private const int MostKept = 4096;

    private static readonly CompiledPolicy[] None = [];

    private readonly FrozenDictionary<string, CompiledPolicy[]> _exact;
    private readonly FrozenDictionary<string, CompiledPolicy[]>.AlternateLookup<ReadOnlySpan<char>> _below;
    private readonly CompiledPolicy[] _all;

    /// <summary>One pattern of each name, whatever its case.</summary>
    private readonly FrozenDictionary<string, string> _exactAnyCase;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _belowAnyCase;
    private readonly ConcurrentDictionary<string, CompiledPolicy[]> _merged = new(StringComparer.Ordinal);

    /// <param name="policies">In the order in which they are asked.</param>
    public PolicyIndex(IReadOnlyCollection<CompiledPolicy> policies)
    {
        var patterns = policies.SelectMany(policy => policy.Policy.ActionTypes.Distinct(), (policy, pattern) => (policy, pattern)).ToList();
        _all = [.. patterns.Where(each => each.pattern == ActionPattern.All).Select(each => each.policy)];
        _exact = Group(patterns.Where(each => !each.pattern.EndsWith('*')));
        var below = patterns.Where(each => each.pattern.EndsWith(".*", StringComparison.Ordinal)).Select(each => (each.policy, each.pattern[..^2]));
        _below = Group(below).GetAlternateLookup<ReadOnlySpan<char>>();
        _exactAnyCase = _exact.Keys.DistinctBy(name => name, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        _belowAnyCase = _below.Dictionary.Keys.DistinctBy(name => name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(name => name, name => name + ".*", StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// A pattern that would cover an action type if case did not count, where none but <c>*</c> does as it is. Null where none would, too.
    /// </summary>
    public string? InAnotherCase(string actionType)
    {
        if (_exact.ContainsKey(actionType))
        {
            return null;
        }
        _exactAnyCase.TryGetValue(actionType, out var meant);
        for (var end = actionType.LastIndexOf('.'); end > 0; end = actionType.AsSpan(0, end).LastIndexOf('.'))
        {
            if (_below.ContainsKey(actionType.AsSpan(0, end)))
            {
                return null;
            }
            meant ??= _belowAnyCase.TryGetValue(actionType.AsSpan(0, end), out var pattern) ? pattern : null;
        }
        return meant;
    }

    /// <summary>In the order in which they are asked.</summary>
    public CompiledPolicy[] For(string actionType)
    {
        var found = _exact.GetValueOrDefault(actionType, None);
        if (OwnActions.Is(actionType))
        {
            return found;
        }
        var sources = found.Length > 0 ? 1 : 0;
        for (var end = actionType.LastIndexOf('.'); end > 0; end = actionType.AsSpan(0, end).LastIndexOf('.'))
        {
            if (_below.TryGetValue(actionType.AsSpan(0, end), out var below))
            {
                found = below;
                sources++;
            }
        }
        if (_all.Length > 0)
        {
            found = _all;
            sources++;
        }
        return sources <= 1 ? found : _merged.TryGetValue(actionType, out var merged) ? merged : Merge(actionType);
    }

    private CompiledPolicy[] Merge(string actionType)
    {
        IEnumerable<CompiledPolicy> found = _exact.GetValueOrDefault(actionType, None).Concat(_all);
        for (var end = actionType.LastIndexOf('.'); end > 0; end = actionType.AsSpan(0, end).LastIndexOf('.'))
        {
            if (_below.TryGetValue(actionType.AsSpan(0, end), out var below))
            {
                found = found.Concat(below);
            }
        }
        CompiledPolicy[] merged = [.. found.Distinct().OrderBy(policy => policy.Rank)];
        if (_merged.Count < MostKept)
        {
            _merged.TryAdd(actionType, merged);
        }
        return merged;
    }

    private static FrozenDictionary<string, CompiledPolicy[]> Group(IEnumerable<(CompiledPolicy Policy, string Name)> named) =>
        named.GroupBy(each => each.Name, each => each.Policy, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(policy => policy.Rank).ToArray(), StringComparer.Ordinal);
}
