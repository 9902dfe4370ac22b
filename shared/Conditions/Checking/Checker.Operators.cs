using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Checking;

internal sealed partial class Checker
{
    private StaticType NegateType(NegateExpr negate, Scope? scope)
    {
        var type = TypeOf(negate.Operand, scope);
        if (!type.MayBeNumber)
        {
            Fail(negate.Start, Phrase.With(Texts.ConditionNeedsNumber, type));
            return StaticType.Any;
        }
        return type;
    }

    private StaticType BinaryType(BinaryExpr binary, StaticType left, StaticType right)
    {
        switch (binary.Operator)
        {
            case Operator.Equal or Operator.NotEqual:
                if (!StaticType.Comparable(left, right))
                {
                    FailTypes(binary, left, right);
                }
                return StaticType.Bool;
            case Operator.In:
                CheckIn(binary, left, right);
                return StaticType.Bool;
            case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                if (!StaticType.Comparable(left, right) || !IsOrdered(left) || !IsOrdered(right))
                {
                    FailTypes(binary, left, right);
                }
                return StaticType.Bool;
            default:
                if (Arithmetic(binary.Operator, left, right) is { } result)
                {
                    CheckDivisor(binary, left);
                    return result;
                }
                FailTypes(binary, left, right);
                return StaticType.Any;
        }
    }

    private static bool IsOrdered(StaticType type) => type.Kind is not (ValueKind.Null or ValueKind.List or ValueKind.Map);

    private void CheckIn(BinaryExpr binary, StaticType left, StaticType right)
    {
        var inList = right.MayBe(ValueKind.List) && StaticType.Comparable(left, right.Element ?? StaticType.Any);
        var inMap = right.MayBe(ValueKind.Map) && left.MayBe(ValueKind.String);
        if (!inList && !inMap)
        {
            FailTypes(binary, left, right);
        }
        if (right.Input is not null && Literal(binary.Left) is { } name)
        {
            KnownMember(right, name, binary.Left.Start);
        }
    }

    /// <summary>Of ints, or with '%' whatever the left side is: it can't work.</summary>
    private void CheckDivisor(BinaryExpr binary, StaticType left)
    {
        if (binary.Operator is Operator.Divide or Operator.Modulo && IsZero(binary.Right) && (left.Kind == ValueKind.Int || binary.Operator == Operator.Modulo))
        {
            Fail(binary.Offset, Texts.ConditionDivision);
        }
    }

    private static bool IsZero(Expr expr) =>
        expr is LiteralExpr { Value: { Kind: ValueKind.Int } number } ? number.AsInt() == 0 : expr is NegateExpr negate && IsZero(negate.Operand);

    /// <summary>The type of the result, or null where there is no such operation.</summary>
    private static StaticType? Arithmetic(Operator op, StaticType left, StaticType right)
    {
        if (left.IsAny && right.IsAny)
        {
            return StaticType.Any;
        }
        if (left.MayBeNumber && right.MayBeNumber)
        {
            return Numbers(op, left, right);
        }
        return op switch
        {
            Operator.Add when left.MayBe(ValueKind.String) && right.MayBe(ValueKind.String) => StaticType.Text,
            Operator.Add when left.MayBe(ValueKind.List) && right.MayBe(ValueKind.List) =>
                StaticType.ListOf(StaticType.Either(left.Element ?? StaticType.Any, right.Element ?? StaticType.Any)),
            Operator.Add or Operator.Subtract => Times(op, left, right),
            _ => null,
        };
    }

    /// <summary>At least one is a number. A double makes a double; beside an int, what may be anything leaves the result open.</summary>
    private static StaticType? Numbers(Operator op, StaticType left, StaticType right)
    {
        if (op == Operator.Modulo)
        {
            return left.Kind == ValueKind.Double || right.Kind == ValueKind.Double ? null : StaticType.Int;
        }
        return left.Kind == ValueKind.Double || right.Kind == ValueKind.Double ? StaticType.Double
            : left.IsAny || right.IsAny ? StaticType.Any
            : StaticType.Int;
    }

    private static StaticType? Times(Operator op, StaticType left, StaticType right) => (left.Kind, op, right.Kind) switch
    {
        (ValueKind.Timestamp, _, ValueKind.Duration) => StaticType.Timestamp,
        (ValueKind.Duration, Operator.Add, ValueKind.Timestamp) => StaticType.Timestamp,
        (ValueKind.Duration, _, ValueKind.Duration) => StaticType.Duration,
        (ValueKind.Timestamp, Operator.Subtract, ValueKind.Timestamp) => StaticType.Duration,
        (ValueKind.Timestamp, Operator.Add, null) or (null, Operator.Add, ValueKind.Timestamp) => StaticType.Timestamp,
        (null, Operator.Subtract, ValueKind.Timestamp) => StaticType.Duration,
        (null, _, ValueKind.Duration) or (ValueKind.Duration or ValueKind.Timestamp, _, null) => StaticType.Any,
        _ => null,
    };

    private void FailTypes(BinaryExpr binary, StaticType left, StaticType right)
    {
        Fail(binary.Offset, Phrase.With(Texts.ConditionNotTaken, binary.Operator.Sign(), left, right), Conversion(binary.Operator, left, right));
    }

    private static string? Conversion(Operator op, StaticType left, StaticType right) => (left.Kind, op, right.Kind) switch
    {
        (ValueKind.Map, _, ValueKind.String) when left.Input is { } input => Suggestion.Meant($"{input.Name}.id"),
        (ValueKind.String, _, ValueKind.Map) when right.Input is { } input => Suggestion.Meant($"{input.Name}.id"),
        (ValueKind.List, Operator.Equal or Operator.NotEqual, ValueKind.String) => Texts.SuggestInList,
        (ValueKind.String, Operator.Equal or Operator.NotEqual, ValueKind.List) => Texts.SuggestTextIn,
        (ValueKind.String, Operator.In, ValueKind.String) => Texts.SuggestContains,
        (_, Operator.Modulo, _) when left.MayBeNumber && right.MayBeNumber => Texts.SuggestArithmetic,
        (ValueKind.String, Operator.Add, ValueKind.Int or ValueKind.Double) or (ValueKind.Int or ValueKind.Double, Operator.Add, ValueKind.String) =>
            Texts.SuggestString,
        (ValueKind.String, _, ValueKind.Int or ValueKind.Double) or (ValueKind.Int or ValueKind.Double, _, ValueKind.String) =>
            Texts.SuggestToDouble,
        (ValueKind.Timestamp, _, ValueKind.String) or (ValueKind.String, _, ValueKind.Timestamp) =>
            op is Operator.Add or Operator.Subtract ? Texts.SuggestDurationAdded : Texts.SuggestTimestampAround,
        (ValueKind.Duration, _, ValueKind.String or ValueKind.Int) or (ValueKind.String or ValueKind.Int, _, ValueKind.Duration) =>
            Texts.SuggestDurationAdded,
        _ => null,
    };
}
