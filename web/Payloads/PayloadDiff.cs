using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Values;

namespace Approvals.Web.Payloads;

/// <summary>
/// What changed from one payload to the next, in reading order. A sensitive value that changed is listed, but both of its sides stay masked.
/// List items are paired by a member that names them where all have one, else by position.
/// </summary>
public static class PayloadDiff
{
    private static readonly string[] Naming = ["id", "key", "number", "sku", "line", "code", "name"];

    public static ImmutableArray<PayloadChange> Of(
        Value before, ImmutableArray<string> sensitiveBefore, Value after, ImmutableArray<string> sensitiveAfter)
    {
        var changes = ImmutableArray.CreateBuilder<PayloadChange>();
        Compare("", new Side(before, Masking.Apply(before, sensitiveBefore)), new Side(after, Masking.Apply(after, sensitiveAfter)), changes);
        return changes.ToImmutable();
    }

    private static void Compare(string path, Side before, Side after, ImmutableArray<PayloadChange>.Builder changes)
    {
        if (before.Raw == after.Raw)
        {
            return;
        }

        if (before.IsWhole(ValueKind.Map) && after.IsWhole(ValueKind.Map))
        {
            CompareMaps(path, before, after, changes);
        }
        else if (before.IsWhole(ValueKind.List) && after.IsWhole(ValueKind.List))
        {
            CompareLists(path, before, after, changes);
        }
        else
        {
            changes.Add(new PayloadChange(path, before.Shown, after.Shown));
        }
    }

    private static void CompareMaps(string path, Side before, Side after, ImmutableArray<PayloadChange>.Builder changes)
    {
        foreach (var (name, value) in before.Raw.Members)
        {
            var was = new Side(value, Member(before.Shown, name));
            if (after.Raw.TryGet(name, out var now))
            {
                Compare(Step(path, Say.Label(name)), was, new Side(now, Member(after.Shown, name)), changes);
            }
            else
            {
                changes.Add(new PayloadChange(Step(path, Say.Label(name)), was.Shown, null));
            }
        }

        foreach (var (name, _) in after.Raw.Members)
        {
            if (!before.Raw.TryGet(name, out _))
            {
                changes.Add(new PayloadChange(Step(path, Say.Label(name)), null, Member(after.Shown, name)));
            }
        }
    }

    private static void CompareLists(string path, Side before, Side after, ImmutableArray<PayloadChange>.Builder changes)
    {
        var naming = Array.Find(Naming, name => Names(before.Raw, name) && Names(after.Raw, name));
        var was = before.Items(naming);
        var now = after.Items(naming);
        foreach (var (key, side) in was)
        {
            if (now.Find(item => item.Key == key) is { Key: not null } match)
            {
                Compare(Step(path, key), side, match.Side, changes);
            }
            else
            {
                changes.Add(new PayloadChange(Step(path, key), side.Shown, null));
            }
        }

        foreach (var (key, side) in now)
        {
            if (!was.Exists(item => item.Key == key))
            {
                changes.Add(new PayloadChange(Step(path, key), null, side.Shown));
            }
        }
    }

    /// <summary>Whether every item of a list is a map that this member tells from the others.</summary>
    private static bool Names(Value list, string member)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (!item.TryGet(member, out var name) || name.Kind is ValueKind.Map or ValueKind.List or ValueKind.Null || !seen.Add(name.ToString()))
            {
                return false;
            }
        }

        return true;
    }

    private static Value Member(Value map, string name) => map.TryGet(name, out var value) ? value : Value.Null;

    private static string Step(string path, string step) => path.Length == 0 ? step : $"{path} › {step}";

    /// <summary>A value and what of it may be shown.</summary>
    private readonly record struct Side(Value Raw, Value Shown)
    {
        /// <summary>A map or list that is not masked as a whole.</summary>
        public bool IsWhole(ValueKind kind) => Raw.Kind == kind && Shown.Kind == kind;

        public List<(string Key, Side Side)> Items(string? naming)
        {
            var items = new List<(string, Side)>();
            for (var i = 0; i < Raw.Items.Length; i++)
            {
                var key = naming is null ? (i + 1).ToString(Say.Culture) : PlainText(Member(Raw.Items[i], naming));
                items.Add((key, new Side(Raw.Items[i], Shown.Items[i])));
            }

            return items;
        }

        private static string PlainText(Value value) => value.Kind == ValueKind.String ? value.AsString() : value.ToString();
    }
}
