using Approvals.Values;

namespace Approvals.Policies;

/// <summary>What is different between two versions of a policy, member by member of the outermost object.</summary>
public static class PolicyDiff
{
    /// <param name="before">Null: there is no version yet.</param>
    public static Value Of(Value? before, Value after)
    {
        var old = before is { Kind: ValueKind.Map } map ? map.Members : MapValue.Empty;
        var changes = new List<Value>();
        foreach (var (name, value) in after.Members)
        {
            old.TryGet(name, out var previous);
            if (!previous.Equals(value))
            {
                changes.Add(Change(name, previous, value));
            }
        }
        foreach (var (name, value) in old)
        {
            if (!after.Members.Contains(name))
            {
                changes.Add(Change(name, value, Value.Null));
            }
        }
        return Value.List([.. changes]);
    }

    private static Value Change(string name, Value from, Value to) => Value.Map(("member", Value.From(name)), ("from", from), ("to", to));
}
