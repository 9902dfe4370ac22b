using Approvals.Conditions.Functions;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>Turns checked syntax into nodes: the special ones where the shapes are known, and constants where nothing is open.</summary>
internal sealed partial class Compiler(string text)
{
    private static readonly ConditionInput Nothing = new() { Payload = default, Now = default };

    /// <summary>The loop variables, outermost first; a variable's place is its slot.</summary>
    private readonly List<string> _variables = [];

    private int _nodes;

    /// <summary>Whether evaluation needs slots.</summary>
    public bool HasLoops { get; private set; }

    public Node Compile(Expr expr)
    {
        _nodes++;
        return expr switch
        {
            LiteralExpr literal => new ConstantNode(literal.Start, literal.Value),
            NameExpr name => Name(name),
            MemberExpr member => Member(member),
            HasExpr has => new HasNode(has.Member.Offset, Compile(has.Member.Target), Shown(has.Member.Target), has.Member.Name),
            IndexExpr index => new IndexNode(index.Offset, Compile(index.Target), Compile(index.Index)),
            CallExpr call => Call(call),
            NotExpr not => new NotNode(not.Start, Compile(not.Operand)),
            NegateExpr negate => Negate(negate.Start, Compile(negate.Operand)),
            LogicExpr logic => new LogicNode(logic.Start, Compile(logic.Operands.AsSpan()), logic.IsAnd),
            BinaryExpr binary => Binary(binary, Compile(binary.Left), Compile(binary.Right)),
            ChoiceExpr choice => new ChoiceNode(choice.Test.Start, Compile(choice.Test), Compile(choice.Then), Compile(choice.Otherwise)),
            ListExpr list => List(list),
            MapExpr map => new MapNode(map.Start, Compile(map.Keys.AsSpan()), Compile(map.Values.AsSpan())),
            _ => Loop((LoopExpr)expr),
        };
    }

    private Node[] Compile(ReadOnlySpan<Expr> exprs)
    {
        var nodes = new Node[exprs.Length];
        for (var i = 0; i < exprs.Length; i++)
        {
            nodes[i] = Compile(exprs[i]);
        }
        return nodes;
    }

    private Node Name(NameExpr name)
    {
        var slot = _variables.LastIndexOf(name.Name);
        return slot < 0 ? new InputNode(name.Start, name.Name) : new VariableNode(name.Start, slot);
    }

    private Node Member(MemberExpr member)
    {
        var target = Compile(member.Target);
        return target is InputNode { IsPayload: true }
            ? new PayloadMemberNode(member.Offset, member.Name)
            : new MemberNode(member.Offset, target, Shown(member.Target), member.Name);
    }

    private static Node Negate(int offset, Node operand) => Fold(new NegateNode(offset, operand), operand);

    private Node List(ListExpr list)
    {
        var items = Compile(list.Items.AsSpan());
        return Fold(new ListNode(list.Start, items), items);
    }

    private Node Call(CallExpr call)
    {
        var values = Compile(call.Values.AsSpan());
        if (call.Function == "matches" && values[1] is ConstantNode { Value: { Kind: ValueKind.String } pattern }
            && Patterns.TryCompile(pattern.AsString(), out var regex, out _))
        {
            return Fold(new MatchNode(call.Offset, values[0], regex), values[0]);
        }
        var function = FunctionTable.All[call.Function].Evaluate;
        return Fold(new CallNode(call.Offset, function, values[0], values.Length > 1 ? values[1] : null), values);
    }

    private Node Loop(LoopExpr loop)
    {
        HasLoops = true;
        var range = Compile(loop.Range);
        var slot = _variables.Count;
        var before = _nodes;
        _variables.Add(loop.Variable);
        var test = loop.Filter is { } filter ? Compile(filter) : null;
        var compiled = Compile(loop.Body);
        _variables.RemoveAt(slot);
        var body = new LoopBody(compiled, slot, _nodes - before);
        return loop.Kind switch
        {
            LoopKind.Exists => new QuantifierNode(loop.Offset, range, body, isAll: false),
            LoopKind.All => new QuantifierNode(loop.Offset, range, body, isAll: true),
            LoopKind.ExistsOne => new ExistsOneNode(loop.Offset, range, body),
            LoopKind.Filter => new SelectNode(loop.Offset, range, body, compiled, keepsItem: true),
            _ => new SelectNode(loop.Offset, range, body, test, keepsItem: false),
        };
    }

    /// <summary>The constant that a node comes to where all below it are constants. A fault stays where it is: <c>||</c> may never reach it.</summary>
    private static Node Fold(Node node, params ReadOnlySpan<Node> parts)
    {
        foreach (var part in parts)
        {
            if (part is not ConstantNode)
            {
                return node;
            }
        }
        var frame = new Frame(Nothing, default);
        var value = node.Evaluate(ref frame);
        return value.IsFault || frame.Steps < 0 ? node : new ConstantNode(node.Offset, value);
    }

    private string Shown(Expr expr) => text[expr.OuterStart..expr.OuterEnd];
}
