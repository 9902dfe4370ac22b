using System.Collections.Immutable;
using System.Globalization;
using Approvals.Values;

namespace Approvals.Web.Policies.Builder;

/// <summary>What the builder's buttons do to its lists: <c>level.add</c>, <c>level.remove.2</c>, <c>level.up.1</c>, <c>case.add</c> and so on.</summary>
internal static class ListChange
{
    private static readonly Value NewLevel = Value.Map(("name", Value.From("")), ("approvers", Value.List()), ("strategy", Value.From("any")));

    private static readonly Value NewCase = Value.Map(
        ("name", Value.From("")), ("input", Value.Map(("payload", Value.Map()))), ("gated", Value.True));

    /// <summary>The policy as it was where the words are no such thing.</summary>
    public static Value Apply(Value source, string act)
    {
        var words = act.Split('.');
        var (member, blank) = words[0] switch { "level" => ("levels", NewLevel), "case" => ("cases", NewCase), _ => (null, default) };
        if (member is null || words.Length < 2)
        {
            return source;
        }

        var items = PolicySource.List(source, member);
        var at = words.Length > 2 && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Length ? index : -1;
        var changed = words[1] switch
        {
            "add" => items.Add(blank),
            "groups" when at >= 0 => items.SetItem(at, Grouped(items[at])),
            "remove" when at >= 0 => items.RemoveAt(at),
            "up" when at > 0 => items.RemoveAt(at).Insert(at - 1, items[at]),
            "down" when at >= 0 && at < items.Length - 1 => items.RemoveAt(at).Insert(at + 1, items[at]),
            _ => items,
        };
        return source.With(member, changed.IsEmpty && member == "cases" ? null : Value.List(changed));
    }

    /// <summary>A level's own approvers as the first of its parallel groups.</summary>
    private static Value Grouped(Value level)
    {
        var group = Value.Map(("name", Value.From("Group 1")));
        foreach (var member in (string[])["approvers", "strategy", "quorum"])
        {
            group = level.TryGet(member, out var value) ? group.With(member, value) : group;
            level = level.With(member, null);
        }

        return level.With("groups", Value.List(group, Value.Map(("name", Value.From("Group 2")), ("approvers", Value.List()))));
    }
}
