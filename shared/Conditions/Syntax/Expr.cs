using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Conditions.Syntax;

/// <summary>An expression of the condition language; <c>Start</c> and <c>End</c> are the offsets of its text.</summary>
internal abstract class Expr(int start, int end, params ReadOnlySpan<Expr?> parts)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>The same with the parentheses around it, if any: what an expression that contains this one spans.</summary>
    public int OuterStart { get; private set; } = start;

    /// <inheritdoc cref="OuterStart"/>
    public int OuterEnd { get; private set; } = end;

    public void Parenthesise(int start, int end) => (OuterStart, OuterEnd) = (start, end);

    /// <summary>Where faults of this expression are shown: the operator of a binary one, the name of a member.</summary>
    public virtual int Offset => Start;

    /// <summary>Expressions inside one another, for the bound on recursion.</summary>
    public int Depth { get; } = 1 + Deepest(parts);

    private static int Deepest(ReadOnlySpan<Expr?> parts)
    {
        var depth = 0;
        foreach (var part in parts)
        {
            depth = Math.Max(depth, part?.Depth ?? 0);
        }
        return depth;
    }
}

internal sealed class LiteralExpr(int start, int end, Value value) : Expr(start, end)
{
    public Value Value { get; } = value;
}

/// <summary>An input or a loop variable.</summary>
internal sealed class NameExpr(int start, int end, string name) : Expr(start, end)
{
    public string Name { get; } = name;
}

internal sealed class MemberExpr(Expr target, string name, int offset, int end) : Expr(target.OuterStart, end, target)
{
    public Expr Target { get; } = target;
    public string Name { get; } = name;
    public override int Offset { get; } = offset;
}

/// <summary><c>has(target.name)</c>.</summary>
internal sealed class HasExpr(int start, int end, MemberExpr member) : Expr(start, end, member)
{
    public MemberExpr Member { get; } = member;
}

internal sealed class IndexExpr(Expr target, Expr index, int offset, int end) : Expr(target.OuterStart, end, target, index)
{
    public Expr Target { get; } = target;
    public Expr Index { get; } = index;
    public override int Offset { get; } = offset;
}

/// <summary><c>function(arguments)</c> or <c>target.function(arguments)</c>.</summary>
internal sealed class CallExpr(int start, int end, int offset, string function, Expr? target, ImmutableArray<Expr> arguments)
    : Expr(start, end, [target, .. arguments])
{
    public override int Offset { get; } = offset;
    public string Function { get; } = function;
    public Expr? Target { get; } = target;
    public ImmutableArray<Expr> Arguments { get; } = arguments;

    /// <summary>The target, where there is one, and the arguments.</summary>
    public ImmutableArray<Expr> Values => Target is null ? Arguments : Arguments.Insert(0, Target);
}

internal sealed class NotExpr(int start, Expr operand) : Expr(start, operand.OuterEnd, operand)
{
    public Expr Operand { get; } = operand;
}

internal sealed class NegateExpr(int start, Expr operand) : Expr(start, operand.OuterEnd, operand)
{
    public Expr Operand { get; } = operand;
}

internal sealed class BinaryExpr(Operator op, Expr left, Expr right, int offset) : Expr(left.OuterStart, right.OuterEnd, left, right)
{
    public Operator Operator { get; } = op;
    public Expr Left { get; } = left;
    public Expr Right { get; } = right;
    public override int Offset { get; } = offset;
}

/// <summary>Two or more operands joined by <c>&amp;&amp;</c> or by <c>||</c>.</summary>
internal sealed class LogicExpr(bool isAnd, ImmutableArray<Expr> operands)
    : Expr(operands[0].OuterStart, operands[^1].OuterEnd, operands.AsSpan())
{
    public bool IsAnd { get; } = isAnd;
    public ImmutableArray<Expr> Operands { get; } = operands;
}

internal sealed class ChoiceExpr(Expr test, Expr then, Expr otherwise) : Expr(test.OuterStart, otherwise.OuterEnd, test, then, otherwise)
{
    public Expr Test { get; } = test;
    public Expr Then { get; } = then;
    public Expr Otherwise { get; } = otherwise;
}

internal sealed class ListExpr(int start, int end, ImmutableArray<Expr> items) : Expr(start, end, items.AsSpan())
{
    public ImmutableArray<Expr> Items { get; } = items;
}

internal sealed class MapExpr(int start, int end, ImmutableArray<Expr> keys, ImmutableArray<Expr> values)
    : Expr(start, end, [.. keys, .. values])
{
    public ImmutableArray<Expr> Keys { get; } = keys;
    public ImmutableArray<Expr> Values { get; } = values;
}

/// <summary>A macro over the items of a list or the keys of a map.</summary>
internal sealed class LoopExpr(LoopKind kind, Expr range, string variable, Expr? filter, Expr body, int offset, int end)
    : Expr(range.OuterStart, end, range, filter, body)
{
    public LoopKind Kind { get; } = kind;
    public Expr Range { get; } = range;
    public string Variable { get; } = variable;

    /// <summary>The condition of <c>map(x, condition, result)</c>.</summary>
    public Expr? Filter { get; } = filter;

    public Expr Body { get; } = body;
    public override int Offset { get; } = offset;
}

internal enum LoopKind : byte
{
    Exists,
    All,
    ExistsOne,
    Filter,
    Map,
}
