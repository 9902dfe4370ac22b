using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>What a loop runs: where its variable lives, and the steps that one round costs.</summary>
internal readonly record struct LoopBody(Node Node, int Slot, int Cost)
{
    /// <summary>Runs the body on an item; false once the steps are used up.</summary>
    public bool Enter(ref Frame frame, Value item)
    {
        if (!frame.Charge(Cost))
        {
            return false;
        }
        frame.Slots[Slot] = item;
        return true;
    }
}

/// <summary><c>exists</c> and <c>all</c>: <c>||</c> and <c>&amp;&amp;</c> over the items, so a deciding item wins over faults.</summary>
internal sealed class QuantifierNode(int offset, Node range, LoopBody body, bool isAll) : TestNode(offset)
{
    private readonly Truth _decisive = isAll ? Truth.False : Truth.True;

    public override Truth Test(ref Frame frame) => Decide(ref frame, out _, out _);

    /// <summary>Tells which item decided, or -1.</summary>
    public Truth Decide(ref Frame frame, out int index, out Value item)
    {
        index = -1;
        item = default;
        if (!Elements.TryGet(ref frame, this, range.Evaluate(ref frame), out var elements))
        {
            return Truth.Fault;
        }
        FaultNote? fault = null;
        for (var i = 0; i < elements.Count; i++)
        {
            if (!body.Enter(ref frame, elements[i]))
            {
                return Truth.Fault;
            }
            var truth = body.Node.Test(ref frame);
            if (truth == _decisive)
            {
                index = i;
                item = elements[i];
                return truth;
            }
            if (truth == Truth.Fault)
            {
                fault ??= frame.Fault;
            }
        }
        if (fault is { } first)
        {
            frame.Fault = first;
            return Truth.Fault;
        }
        return isAll ? Truth.True : Truth.False;
    }
}

/// <summary><c>exists_one</c>. A fault on any item is the result, as in CEL.</summary>
internal sealed class ExistsOneNode(int offset, Node range, LoopBody body) : TestNode(offset)
{
    public override Truth Test(ref Frame frame)
    {
        if (!Elements.TryGet(ref frame, this, range.Evaluate(ref frame), out var elements))
        {
            return Truth.Fault;
        }
        var found = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            var truth = body.Enter(ref frame, elements[i]) ? body.Node.Test(ref frame) : Truth.Fault;
            if (truth == Truth.Fault)
            {
                return Truth.Fault;
            }
            found += truth == Truth.True ? 1 : 0;
        }
        return Of(found == 1);
    }
}

/// <summary><c>filter(x, test)</c>, <c>map(x, result)</c> and <c>map(x, test, result)</c>.</summary>
internal sealed class SelectNode(int offset, Node range, LoopBody body, Node? test, bool keepsItem) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        if (!Elements.TryGet(ref frame, this, range.Evaluate(ref frame), out var elements))
        {
            return Value.Fault;
        }
        var results = new Value[elements.Count];
        var count = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            var truth = !body.Enter(ref frame, elements[i]) ? Truth.Fault : test?.Test(ref frame) ?? Truth.True;
            if (truth == Truth.Fault)
            {
                return Value.Fault;
            }
            if (truth == Truth.True)
            {
                results[count] = keepsItem ? elements[i] : body.Node.Evaluate(ref frame);
                if (results[count++].IsFault)
                {
                    return Value.Fault;
                }
            }
        }
        return Value.Own(count == results.Length ? results : results[..count]);
    }
}
