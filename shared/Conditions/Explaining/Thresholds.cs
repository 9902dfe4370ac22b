using System.Collections.Immutable;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Explaining;

/// <summary>Finds the comparisons of an input with a number that become true as the input grows.</summary>
internal static class Thresholds
{
    public static ImmutableArray<Threshold> In(Expr expr)
    {
        var found = ImmutableArray.CreateBuilder<Threshold>();
        Visit(expr, isNegated: false, found);
        return [.. found.Distinct()];
    }

    private static void Visit(Expr expr, bool isNegated, ImmutableArray<Threshold>.Builder found)
    {
        switch (expr)
        {
            case LogicExpr logic:
                foreach (var operand in logic.Operands)
                {
                    Visit(operand, isNegated, found);
                }
                break;
            case NotExpr not:
                Visit(not.Operand, !isNegated, found);
                break;
            case ChoiceExpr choice:
                Visit(choice.Then, isNegated, found);
                Visit(choice.Otherwise, isNegated, found);
                break;
            case BinaryExpr binary when Of(binary, isNegated) is { } threshold:
                found.Add(threshold);
                break;
        }
    }

    private static Threshold? Of(BinaryExpr comparison, bool isNegated)
    {
        var (path, bound, op) = (InputPaths.Of(comparison.Left), Number(comparison.Right), comparison.Operator);
        if (path is null || bound is null)
        {
            (path, bound, op) = (InputPaths.Of(comparison.Right), Number(comparison.Left), Mirrored(op));
        }
        op = isNegated ? Negated(op) : op;
        return path is not null && bound is { } number && op is (Operator.Greater or Operator.GreaterOrEqual)
            ? new Threshold(path, number, op == Operator.GreaterOrEqual)
            : null;
    }

    private static double? Number(Expr expr) => expr switch
    {
        LiteralExpr { Value.Kind: ValueKind.Int or ValueKind.Double } literal => literal.Value.AsDouble(),
        NegateExpr negate => -Number(negate.Operand),
        _ => null,
    };

    private static Operator Mirrored(Operator op) => op switch
    {
        Operator.Less => Operator.Greater,
        Operator.LessOrEqual => Operator.GreaterOrEqual,
        Operator.Greater => Operator.Less,
        Operator.GreaterOrEqual => Operator.LessOrEqual,
        _ => op,
    };

    private static Operator Negated(Operator op) => op switch
    {
        Operator.Less => Operator.GreaterOrEqual,
        Operator.LessOrEqual => Operator.Greater,
        Operator.Greater => Operator.LessOrEqual,
        Operator.GreaterOrEqual => Operator.Less,
        _ => op,
    };
}
