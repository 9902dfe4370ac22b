using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>One of <c>+ - * / %</c>.</summary>
internal interface IArithmetic
{
    static abstract string Sign { get; }

    /// <summary>Of doubles, or of an int and a double.</summary>
    static abstract Value Of(ref Frame frame, Node at, double left, double right);

    /// <summary>Of ints: null, or why there is no result.</summary>
    static abstract FaultText? Of(long left, long right, out long result);

    /// <summary>Of anything else.</summary>
    static virtual Value Of(ref Frame frame, Node at, Value left, Value right) => Value.Fault;
}

internal sealed class ArithmeticNode<TOperation>(int offset, Node left, Node right) : Node(offset)
    where TOperation : struct, IArithmetic
{
    public override Value Evaluate(ref Frame frame)
    {
        var a = left.Evaluate(ref frame);
        if (a.IsFault)
        {
            return a;
        }
        var b = right.Evaluate(ref frame);
        if (b.IsFault)
        {
            return b;
        }
        if (!a.TryNumber(out var x) || !b.TryNumber(out var y))
        {
            return Others(ref frame, a, b);
        }
        if (!a.IsInt || !b.IsInt)
        {
            return TOperation.Of(ref frame, this, x, y);
        }
        return TOperation.Of(a.RawBits, b.RawBits, out var result) is { } error ? frame.Fail(this, error) : Value.From(result);
    }

    private Value Others(ref Frame frame, Value a, Value b)
    {
        // A fault without a note of this node means that there is no such operation.
        frame.Fault = default;
        var result = TOperation.Of(ref frame, this, a, b);
        return result.IsFault && frame.Fault.At is null && frame.Steps >= 0
            ? frame.Fail(this, Faults.NotTaken(TOperation.Sign), a, b)
            : result;
    }
}

internal sealed class NegateNode(int offset, Node operand) : Node(offset)
{
    public override Value Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.IsFault ? value
            : value.IsDouble ? Value.From(-value.RawDouble)
            : !value.IsInt ? frame.Fail(this, Faults.Negate, value)
            : value.RawBits == long.MinValue ? frame.Fail(this, Faults.Overflow)
            : Value.From(-value.RawBits);
    }
}
