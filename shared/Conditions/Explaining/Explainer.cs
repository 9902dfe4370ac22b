using System.Collections.Immutable;
using Approvals.Conditions.Compiling;
using Approvals.Conditions.Syntax;

namespace Approvals.Conditions.Explaining;

/// <summary>Takes a condition apart into clauses and follows which of them the result depends on.</summary>
internal sealed class Explainer
{
    /// <summary>An explanation also evaluates what an evaluation would have skipped, and the operands once more.</summary>
    private const int Effort = 4;

    private readonly Expr _root;
    private readonly Dictionary<Expr, Clause> _clauses = [];

    public Explainer(string text, Expr root)
    {
        _root = root;
        Collect(text, root);
    }

    public ImmutableArray<ExplanationItem> Explain(ConditionInput input)
    {
        var slots = default(Slots);
        var frame = new Frame(input, slots);
        frame.Steps = (int)Math.Min((long)frame.Steps * Effort, int.MaxValue);
        frame.PatternWeight = Effort;
        var items = ImmutableArray.CreateBuilder<ExplanationItem>(_clauses.Count);
        Follow(ref frame, _root, needed: true, items);
        return items.ToImmutable();
    }

    private void Collect(string text, Expr expr)
    {
        switch (expr)
        {
            case LogicExpr logic:
                foreach (var operand in logic.Operands)
                {
                    Collect(text, operand);
                }
                break;
            case NotExpr not:
                Collect(text, not.Operand);
                break;
            case ChoiceExpr choice:
                Collect(text, choice.Test);
                Collect(text, choice.Then);
                Collect(text, choice.Otherwise);
                break;
            default:
                _clauses.Add(expr, new Clause(text, expr));
                break;
        }
    }

    private Truth Follow(ref Frame frame, Expr expr, bool needed, ImmutableArray<ExplanationItem>.Builder items)
    {
        switch (expr)
        {
            case LogicExpr logic:
                return FollowLogic(ref frame, logic, needed, items);
            case NotExpr not:
                return Follow(ref frame, not.Operand, needed, items) switch
                {
                    Truth.True => Truth.False,
                    Truth.False => Truth.True,
                    _ => Truth.Fault,
                };
            case ChoiceExpr choice:
                var test = Follow(ref frame, choice.Test, needed, items);
                var then = Follow(ref frame, choice.Then, needed && test == Truth.True, items);
                var otherwise = Follow(ref frame, choice.Otherwise, needed && test == Truth.False, items);
                return test == Truth.True ? then : test == Truth.False ? otherwise : Truth.Fault;
            default:
                return _clauses[expr].Explain(ref frame, needed, items);
        }
    }

    private Truth FollowLogic(ref Frame frame, LogicExpr logic, bool needed, ImmutableArray<ExplanationItem>.Builder items)
    {
        var decisive = logic.IsAnd ? Truth.False : Truth.True;
        var result = logic.IsAnd ? Truth.True : Truth.False;
        foreach (var operand in logic.Operands)
        {
            var truth = Follow(ref frame, operand, needed && result != decisive, items);
            result = result == decisive || truth == decisive ? decisive : truth == Truth.Fault ? Truth.Fault : result;
        }
        return result;
    }
}
