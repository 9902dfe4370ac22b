using System.Text.RegularExpressions;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

internal sealed class CallNode(int offset, Evaluator function, Node first, Node? second) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        var a = first.Evaluate(ref frame);
        if (a.IsFault)
        {
            return a;
        }
        var b = second is null ? Value.Null : second.Evaluate(ref frame);
        return b.IsFault ? b : function(ref frame, this, a, b);
    }
}

/// <summary><c>matches</c> with a pattern that stands in the condition.</summary>
internal sealed class MatchNode(int offset, Node text, Regex pattern) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        var value = text.Evaluate(ref frame);
        return value.IsFault ? value
            : value.TextOrNull is { } input ? Patterns.Find(ref frame, this, pattern, input)
            : frame.Fail(this, Faults.Matches, value);
    }
}

internal sealed class ListNode(int offset, Node[] items) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        if (!frame.Charge(items.Length))
        {
            return Value.Fault;
        }
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(ref frame);
            if (values[i].IsFault)
            {
                return Value.Fault;
            }
        }
        return Value.Own(values);
    }
}

internal sealed class MapNode(int offset, Node[] keys, Node[] values) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        if (!frame.Charge(2 * keys.Length))
        {
            return Value.Fault;
        }
        var members = new Dictionary<string, Value>(keys.Length, StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i].Evaluate(ref frame);
            var value = key.IsFault ? key : values[i].Evaluate(ref frame);
            if (value.IsFault)
            {
                return value;
            }
            if (key.TextOrNull is not { } name)
            {
                return frame.Fail(keys[i], Faults.MapKeys, key);
            }
            if (!frame.Charge(name.Length / Work.UnitsPerStep))
            {
                return Value.Fault;
            }
            if (!members.TryAdd(name, value))
            {
                return frame.Fail(keys[i], Faults.KeyTwice, key);
            }
        }
        return Value.Map(members);
    }
}
