using System.Collections.Frozen;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

internal sealed partial class Compiler
{
    private static Node Binary(BinaryExpr binary, Node left, Node right) => Fold(Made(binary.Operator, binary.Offset, left, right), left, right);

    private static Node Made(Operator op, int at, Node left, Node right) => op switch
    {
        Operator.Equal => Equal(at, left, right, negated: false),
        Operator.NotEqual => Equal(at, left, right, negated: true),
        Operator.Less => Compare<Less, Greater>(at, left, right),
        Operator.LessOrEqual => Compare<LessOrEqual, GreaterOrEqual>(at, left, right),
        Operator.Greater => Compare<Greater, Less>(at, left, right),
        Operator.GreaterOrEqual => Compare<GreaterOrEqual, LessOrEqual>(at, left, right),
        Operator.In => In(at, left, right),
        Operator.Add => new ArithmeticNode<Add>(at, left, right),
        Operator.Subtract => new ArithmeticNode<Subtract>(at, left, right),
        Operator.Multiply => new ArithmeticNode<Multiply>(at, left, right),
        Operator.Divide => new ArithmeticNode<Divide>(at, left, right),
        _ => new ArithmeticNode<Modulo>(at, left, right),
    };

    private static Node Equal(int at, Node left, Node right, bool negated) =>
        Text(right) is { } text ? new EqualTextNode(at, left, text, negated)
        : Text(left) is { } first ? new EqualTextNode(at, right, first, negated)
        : new EqualNode(at, left, right, negated);

    /// <summary>A number on the left is brought to the right, where the comparison turns round.</summary>
    private static Node Compare<TComparison, TTurned>(int at, Node left, Node right)
        where TComparison : struct, IComparison
        where TTurned : struct, IComparison =>
        IsNumber(right, out var number) ? new CompareToNumberNode<TComparison>(at, left, number)
        : IsNumber(left, out number) ? new CompareToNumberNode<TTurned>(at, right, number)
        : new CompareNode<TComparison>(at, left, right);

    private static Node In(int at, Node left, Node right)
    {
        if (right is not ConstantNode { Value.Kind: ValueKind.List } list)
        {
            return new InNode(at, left, right);
        }
        var texts = new List<string>();
        foreach (var item in list.Value.Items)
        {
            if (item.TextOrNull is not { } text)
            {
                return new InNode(at, left, right);
            }
            texts.Add(text);
        }
        return new InTextsNode(at, left, texts.ToFrozenSet(StringComparer.Ordinal));
    }

    private static string? Text(Node node) => node is ConstantNode constant ? constant.Value.TextOrNull : null;

    private static bool IsNumber(Node node, out Value number)
    {
        number = node is ConstantNode constant ? constant.Value : default;
        return number.IsInt || number.IsDouble;
    }
}
