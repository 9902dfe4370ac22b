using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>A compiled expression. Nodes hold no state of an evaluation, so that all threads share them.</summary>
/// <param name="offset">Where its faults are shown.</param>
internal abstract class Node(int offset)
{
    public int Offset { get; } = offset;

    /// <summary>The value, or <see cref="Value.Fault"/> with a note on the frame.</summary>
    public abstract Value Evaluate(ref Frame frame);

    /// <summary>The value where a bool is needed.</summary>
    public virtual Truth Test(ref Frame frame)
    {
        var value = Evaluate(ref frame);
        if (value.IsBool)
        {
            return value.RawBits != 0 ? Truth.True : Truth.False;
        }
        if (!value.IsFault)
        {
            frame.Fail(this, Faults.Bool, value);
        }
        return Truth.Fault;
    }
}

/// <summary>A node whose value is a bool.</summary>
internal abstract class TestNode(int offset) : Node(offset)
{
    public abstract override Truth Test(ref Frame frame);

    public sealed override Value Evaluate(ref Frame frame) => Test(ref frame) switch
    {
        Truth.True => Value.True,
        Truth.False => Value.False,
        _ => Value.Fault,
    };

    protected static Truth Of(bool value) => value ? Truth.True : Truth.False;
}
