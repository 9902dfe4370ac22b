using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>One of <c>&lt; &lt;= &gt; &gt;=</c>; a struct, so that each gets code of its own.</summary>
internal interface IComparison
{
    /// <summary>NaN is neither smaller nor greater than anything.</summary>
    static abstract bool Holds(double left, double right);

    /// <summary><paramref name="order"/> is negative where the left one comes first.</summary>
    static abstract bool Holds(long order);
}

internal readonly struct Less : IComparison
{
    public static bool Holds(double left, double right) => left < right;

    public static bool Holds(long order) => order < 0;
}

internal readonly struct LessOrEqual : IComparison
{
    public static bool Holds(double left, double right) => left <= right;

    public static bool Holds(long order) => order <= 0;
}

internal readonly struct Greater : IComparison
{
    public static bool Holds(double left, double right) => left > right;

    public static bool Holds(long order) => order > 0;
}

internal readonly struct GreaterOrEqual : IComparison
{
    public static bool Holds(double left, double right) => left >= right;

    public static bool Holds(long order) => order >= 0;
}

/// <summary>Ints compare as ints; an int and a double meet as doubles; strings in the order of their code points.</summary>
internal sealed class CompareNode<TComparison>(int offset, Node left, Node right) : TestNode(offset)
    where TComparison : struct, IComparison
{
    public override Truth Test(ref Frame frame)
    {
        var a = left.Evaluate(ref frame);
        if (a.IsFault)
        {
            return Truth.Fault;
        }
        var b = right.Evaluate(ref frame);
        if (b.IsFault)
        {
            return Truth.Fault;
        }
        if (a.TryNumber(out var x) && b.TryNumber(out var y))
        {
            return Of(a.IsInt && b.IsInt ? TComparison.Holds(a.RawBits.CompareTo(b.RawBits)) : TComparison.Holds(x, y));
        }
        return Others(ref frame, a, b);
    }

    private Truth Others(ref Frame frame, Value a, Value b)
    {
        var kind = a.Kind;
        if (kind != b.Kind || kind is ValueKind.Null or ValueKind.List or ValueKind.Map)
        {
            frame.Fail(this, Faults.NoOrder, a, b);
            return Truth.Fault;
        }
        if (a.TextOrNull is not { } text)
        {
            return Of(TComparison.Holds(a.CompareRaw(b)));
        }
        return frame.Charge(text.Length / Work.UnitsPerStep) ? Of(TComparison.Holds(CodePoints.Compare(text, b.AsString()))) : Truth.Fault;
    }
}

/// <summary>A comparison with a number that stands in the condition.</summary>
internal sealed class CompareToNumberNode<TComparison>(int offset, Node left, Value right) : TestNode(offset)
    where TComparison : struct, IComparison
{
    private readonly double _number = right.AsDouble();

    public override Truth Test(ref Frame frame)
    {
        var value = left.Evaluate(ref frame);
        return value.IsDouble ? Of(TComparison.Holds(value.RawDouble, _number)) : Others(ref frame, value);
    }

    private Truth Others(ref Frame frame, Value value)
    {
        if (value.IsInt)
        {
            return Of(right.IsInt ? TComparison.Holds(value.RawBits.CompareTo(right.RawBits)) : TComparison.Holds(value.RawBits, _number));
        }
        if (!value.IsFault)
        {
            frame.Fail(this, Faults.NoOrder, value, right);
        }
        return Truth.Fault;
    }
}
