using System.Collections.Immutable;
using System.Globalization;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>Hides sensitive payload values where people may see less than the whole: notifications, lists, prompts.</summary>
public static class Masking
{
    public const string Mask = "•••";

    private static readonly Value Masked = Value.From(Mask);

    /// <param name="payload">The payload itself.</param>
    /// <param name="paths">As a policy names them, e.g. <c>payload.iban</c>; a step into a list means each of its items.</param>
    public static Value Apply(Value payload, ImmutableArray<string> paths)
    {
        foreach (var path in paths)
        {
            payload = Apply(payload, SensitivePath.Steps(path));
        }
        return payload;
    }

    internal static Value Apply(Value value, ReadOnlySpan<string> steps)
    {
        if (steps.IsEmpty)
        {
            return value.IsNull ? value : Masked;
        }
        return value.Kind switch
        {
            ValueKind.Map => ApplyToMap(value, steps),
            ValueKind.List => ApplyToList(value, steps),
            _ => value,
        };
    }

    private static Value ApplyToMap(Value map, ReadOnlySpan<string> steps)
    {
        var step = steps[0];
        if (step != "*" && !map.Members.Contains(step))
        {
            return map;
        }
        var members = new List<KeyValuePair<string, Value>>(map.Members.Count);
        foreach (var (name, value) in map.Members)
        {
            members.Add(new(name, step == "*" || step == name ? Apply(value, steps[1..]) : value));
        }
        return Value.Map(members);
    }

    /// <summary>A position or <c>*</c> is a step of its own; a member name goes for every item.</summary>
    private static Value ApplyToList(Value list, ReadOnlySpan<string> steps)
    {
        var isPosition = int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        var items = ImmutableArray.CreateBuilder<Value>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var item = list.Items[i];
            items.Add(isPosition ? (i == position ? Apply(item, steps[1..]) : item) : Apply(item, steps[0] == "*" ? steps[1..] : steps));
        }
        return Value.List(items.MoveToImmutable());
    }
}
