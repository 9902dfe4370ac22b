using System.Collections.Frozen;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary><c>==</c>, or <c>!=</c> where <paramref name="negated"/>.</summary>
internal sealed class EqualNode(int offset, Node left, Node right, bool negated) : TestNode(offset)
{
    public override Truth Test(ref Frame frame)
    {
        var a = left.Evaluate(ref frame);
        if (a.IsFault)
        {
            return Truth.Fault;
        }
        var b = right.Evaluate(ref frame);
        return b.IsFault ? Truth.Fault : Of(Equality.Same(ref frame, a, b) != negated);
    }
}

/// <summary>The same with a string that stands in the condition.</summary>
internal sealed class EqualTextNode(int offset, Node left, string right, bool negated) : TestNode(offset)
{
    public override Truth Test(ref Frame frame)
    {
        var value = left.Evaluate(ref frame);
        return value.TextOrNull is { } text ? Of((text == right) != negated)
            : value.IsFault ? Truth.Fault
            : Of(negated);
    }
}

/// <summary><c>in</c>: an item of a list or a key of a map.</summary>
internal sealed class InNode(int offset, Node left, Node right) : TestNode(offset)
{
    public override Truth Test(ref Frame frame)
    {
        var value = left.Evaluate(ref frame);
        if (value.IsFault)
        {
            return Truth.Fault;
        }
        var range = right.Evaluate(ref frame);
        if (range.ListOrNull is { } items)
        {
            return Find(ref frame, value, items);
        }
        if (range.MapOrNull is { } map)
        {
            return value.TextOrNull is not { } name ? Truth.False
                : frame.Charge(name.Length / Work.UnitsPerStep) ? Of(map.Contains(name))
                : Truth.Fault;
        }
        if (!range.IsFault)
        {
            frame.Fail(this, Faults.In, range);
        }
        return Truth.Fault;
    }

    private static Truth Find(ref Frame frame, Value value, Value[] items)
    {
        foreach (ref readonly var item in items.AsSpan())
        {
            if (!frame.Charge(1))
            {
                return Truth.Fault;
            }
            if (Equality.Same(ref frame, value, item))
            {
                return Truth.True;
            }
        }
        return Truth.False;
    }
}

/// <summary><c>in</c> a list of strings that stands in the condition.</summary>
internal sealed class InTextsNode(int offset, Node left, FrozenSet<string> texts) : TestNode(offset)
{
    public override Truth Test(ref Frame frame)
    {
        var value = left.Evaluate(ref frame);
        return value.IsFault ? Truth.Fault : Of(value.TextOrNull is { } text && texts.Contains(text));
    }
}
