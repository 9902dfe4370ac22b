using System.Collections.Immutable;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Explaining;

/// <summary>Finds the inputs that an expression reads, as paths.</summary>
internal sealed class InputPaths
{
    private readonly List<(string Path, Expr Expr)> _found = [];

    /// <summary>All paths, each once, those of loop variables with <c>[]</c>.</summary>
    public static ImmutableArray<string> In(Expr expr)
    {
        var paths = new InputPaths();
        paths.Visit(expr, null);
        return [.. paths._found.Select(found => found.Path).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The paths that have one value whatever loop they stand in, each once, with an expression to evaluate.</summary>
    public static ImmutableArray<(string Path, Expr Expr)> Single(Expr expr)
    {
        var paths = new InputPaths();
        paths.Visit(expr, null);
        return [.. paths._found.Where(found => !found.Path.Contains("[]", StringComparison.Ordinal)).DistinctBy(found => found.Path)];
    }

    /// <summary>The path of an expression that is nothing but one, or null.</summary>
    public static string? Of(Expr expr) => Of(expr, null);

    /// <summary>A variable with the path of its items, or null where they are made by the condition itself.</summary>
    private sealed record Binding(string Variable, string? Path, Binding? Outer);

    private static string? Of(Expr expr, Binding? scope) => expr switch
    {
        NameExpr name => Of(name, scope),
        MemberExpr member => Of(member.Target, scope) is { } target ? $"{target}.{member.Name}" : null,
        IndexExpr { Index: LiteralExpr { Value.Kind: ValueKind.String or ValueKind.Int } key } index when Of(index.Target, scope) is { } target =>
            $"{target}.{(key.Value.Kind == ValueKind.String ? key.Value.AsString() : key.Value.ToString())}",
        _ => null,
    };

    private static string? Of(NameExpr name, Binding? scope)
    {
        for (var binding = scope; binding is not null; binding = binding.Outer)
        {
            if (binding.Variable == name.Name)
            {
                return binding.Path;
            }
        }
        return Words.Inputs.Contains(name.Name) ? name.Name : null;
    }

    private void Visit(Expr expr, Binding? scope)
    {
        if (Of(expr, scope) is { } path)
        {
            _found.Add((path, expr));
            return;
        }
        switch (expr)
        {
            case MemberExpr member:
                Visit(member.Target, scope);
                break;
            case HasExpr has:
                Visit(has.Member, scope);
                break;
            case NotExpr not:
                Visit(not.Operand, scope);
                break;
            case NegateExpr negate:
                Visit(negate.Operand, scope);
                break;
            case LoopExpr loop:
                VisitLoop(loop, scope);
                break;
            default:
                foreach (var part in Parts(expr))
                {
                    Visit(part, scope);
                }
                break;
        }
    }

    private void VisitLoop(LoopExpr loop, Binding? scope)
    {
        Visit(loop.Range, scope);
        var inner = new Binding(loop.Variable, Of(Source(loop.Range), scope) is { } range ? $"{range}[]" : null, scope);
        if (loop.Filter is { } filter)
        {
            Visit(filter, inner);
        }
        Visit(loop.Body, inner);
    }

    /// <summary>What is filtered has the items of what it is filtered from, though at other positions.</summary>
    private static Expr Source(Expr range) => range is LoopExpr { Kind: LoopKind.Filter } filter ? Source(filter.Range) : range;

    private static IEnumerable<Expr> Parts(Expr expr) => expr switch
    {
        IndexExpr index => [index.Target, index.Index],
        CallExpr call => call.Values,
        BinaryExpr binary => [binary.Left, binary.Right],
        LogicExpr logic => logic.Operands,
        ChoiceExpr choice => [choice.Test, choice.Then, choice.Otherwise],
        ListExpr list => list.Items,
        MapExpr map => map.Keys.Zip(map.Values).SelectMany(pair => new[] { pair.First, pair.Second }),
        _ => [],
    };
}
