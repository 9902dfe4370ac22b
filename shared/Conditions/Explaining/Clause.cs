using System.Collections.Immutable;
using Approvals.Conditions.Compiling;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Explaining;

/// <summary>A part of a condition that is explained as one: no <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> or <c>?:</c> at its top.</summary>
internal sealed class Clause
{
    private readonly string _text;
    private readonly Node _node;
    private readonly ImmutableArray<(string Path, Node Node)> _operands;

    /// <summary>The path of the list whose item decides, where the clause is <c>exists</c> or <c>all</c>, else null.</summary>
    private readonly string? _range;

    public Clause(string text, Expr expr)
    {
        _text = text[expr.Start..expr.End];
        _node = new Compiler(text).Compile(expr);
        _operands = [.. InputPaths.Single(expr).Select(found => (found.Path, new Compiler(text).Compile(found.Expr)))];
        _range = expr is LoopExpr loop ? InputPaths.Of(loop.Range) ?? loop.Variable : null;
    }

    public Truth Explain(ref Frame frame, bool needed, ImmutableArray<ExplanationItem>.Builder items)
    {
        var index = -1;
        var item = Value.Null;
        var truth = _node is QuantifierNode quantifier ? quantifier.Decide(ref frame, out index, out item) : _node.Test(ref frame);
        truth = frame.Steps < 0 ? Truth.Fault : truth;
        var error = truth != Truth.Fault || !needed ? null : frame.Steps < 0 ? Condition.OutOfSteps : frame.Fault.Message;
        var value = truth == Truth.Fault ? (Value?)null : Value.From(truth == Truth.True);
        items.Add(new ExplanationItem(_text, value, error, needed, Operands(ref frame, index, item)));
        return truth;
    }

    private ImmutableArray<ExplanationOperand> Operands(ref Frame frame, int index, Value item)
    {
        if (_operands.IsEmpty && index < 0)
        {
            return [];
        }
        var operands = ImmutableArray.CreateBuilder<ExplanationOperand>(_operands.Length + 1);
        foreach (var (path, node) in _operands)
        {
            if (index >= 0 && path == _range)
            {
                // The item that decided says more than the whole list.
                continue;
            }
            var value = node.Evaluate(ref frame);
            operands.Add(new ExplanationOperand(path, value.IsFault ? null : value));
        }
        if (index >= 0)
        {
            operands.Add(new ExplanationOperand($"{_range}.{index}", item));
        }
        return operands.DrainToImmutable();
    }
}
