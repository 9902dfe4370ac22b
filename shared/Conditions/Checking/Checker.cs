using System.Collections.Immutable;
using Approvals.Conditions.Functions;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Checking;

/// <summary>
/// Finds what can't work whatever the payload: unknown names and functions, and operations on literals of the wrong types. Goes on
/// after an error, with a value that may be anything, so that an author sees all of them.
/// </summary>
internal sealed partial class Checker
{
    /// <summary>Loops inside one another; the work grows with that power of the list's length.</summary>
    public const int MaxLoops = 6;

    private const int MostErrors = 10;

    private readonly List<SyntaxFault> _faults = [];

    public static ImmutableArray<SyntaxFault> Check(Expr condition)
    {
        var checker = new Checker();
        var type = checker.TypeOf(condition, null);
        if (!type.MayBe(ValueKind.Bool))
        {
            checker.Fail(condition.Start, Phrase.With(Texts.ConditionNotBool, type));
        }
        return [.. checker._faults.OrderBy(fault => fault.Offset).Take(MostErrors)];
    }

    private StaticType TypeOf(Expr expr, Scope? scope) => expr switch
    {
        LiteralExpr literal => StaticType.Of(literal.Value.Kind),
        NameExpr name => NameType(name, scope),
        MemberExpr member => MemberType(member, scope),
        HasExpr has => HasType(has, scope),
        IndexExpr index => IndexType(index, scope),
        CallExpr call => CallType(call, scope),
        NotExpr not => Bool(not.Operand, scope, "!"),
        NegateExpr negate => NegateType(negate, scope),
        LogicExpr logic => LogicType(logic, scope),
        BinaryExpr binary => BinaryType(binary, TypeOf(binary.Left, scope), TypeOf(binary.Right, scope)),
        ChoiceExpr choice => ChoiceType(choice, scope),
        ListExpr list => ListType(list, scope),
        MapExpr map => MapType(map, scope),
        _ => LoopType((LoopExpr)expr, scope),
    };

    private StaticType NameType(NameExpr name, Scope? scope)
    {
        if (Scope.Find(scope, name.Name) is { } variable)
        {
            return variable.Type;
        }
        switch (name.Name)
        {
            case Words.Now:
                return StaticType.Timestamp;
            case Words.Actor:
                return StaticType.Of(InputType.Actor);
            case Words.Subject:
                return StaticType.Of(InputType.Subject);
            case Words.Payload:
                return StaticType.Any;
            default:
                FailUnknown(name, scope);
                return StaticType.Any;
        }
    }

    private void FailUnknown(NameExpr name, Scope? scope)
    {
        var visible = Words.Inputs.ToList();
        for (var outer = scope; outer is not null; outer = outer.Outer)
        {
            visible.Add(outer.Name);
        }
        var meant = ForeignWords.Signs.GetValueOrDefault(name.Name)
            ?? Spelling.Nearest(name.Name, visible.Append("true").Append("false").Append("null"))
            ?? ForeignWords.Names.GetValueOrDefault(name.Name)
            ?? (FunctionNames.Contains(name.Name) ? $"{name.Name}(…)" : $"payload.{name.Name}");
        Fail(name.Start, Phrase.With(Texts.ConditionUnknownName, name.Name, string.Join(", ", visible)), Suggestion.Meant(meant));
    }

    private StaticType MemberType(MemberExpr member, Scope? scope)
    {
        var target = TypeOf(member.Target, scope);
        if (!target.MayBe(ValueKind.Map))
        {
            Fail(member.Offset, Phrase.With(Texts.ConditionNoMember, target, member.Name), MemberSuggestion(member, target));
        }
        return KnownMember(target, member.Name, member.Offset);
    }

    private StaticType KnownMember(StaticType target, string member, int offset)
    {
        var type = target.Input is { } input ? input.Find(member) : StaticType.Any;
        if (type is null)
        {
            _faults.Add(target.Input!.Unknown(offset, member));
        }
        return type ?? StaticType.Any;
    }

    private static string? MemberSuggestion(MemberExpr member, StaticType target) =>
        FunctionNames.Contains(member.Name) ? Suggestion.Meant($"{member.Name}(…)")
        : target.Kind == ValueKind.List ? Phrase.With(Texts.SuggestItems, member.Name)
        : null;

    private StaticType HasType(HasExpr has, Scope? scope)
    {
        MemberType(has.Member, scope);
        return StaticType.Bool;
    }

    private StaticType IndexType(IndexExpr index, Scope? scope)
    {
        var target = TypeOf(index.Target, scope);
        var key = TypeOf(index.Index, scope);
        var isList = target.MayBe(ValueKind.List) && key.MayBeNumber;
        var isMap = target.MayBe(ValueKind.Map) && key.MayBe(ValueKind.String);
        if (!isList && !isMap)
        {
            Fail(index.Offset, Phrase.With(Texts.ConditionNoIndex, target, key));
        }
        return target.Input is not null && Literal(index.Index) is { } name
            ? KnownMember(target, name, index.Index.Start)
            : target.Element ?? StaticType.Any;
    }

    private static string? Literal(Expr expr) => expr is LiteralExpr { Value.Kind: ValueKind.String } literal ? literal.Value.AsString() : null;

    private StaticType LogicType(LogicExpr logic, Scope? scope)
    {
        foreach (var operand in logic.Operands)
        {
            Bool(operand, scope, logic.IsAnd ? "&&" : "||");
        }
        return StaticType.Bool;
    }

    private StaticType Bool(Expr operand, Scope? scope, string sign)
    {
        var type = TypeOf(operand, scope);
        if (!type.MayBe(ValueKind.Bool))
        {
            Fail(operand.Start, Phrase.With(Texts.ConditionNeedsBool, sign, type));
        }
        return StaticType.Bool;
    }

    private StaticType ChoiceType(ChoiceExpr choice, Scope? scope)
    {
        Bool(choice.Test, scope, "?");
        var then = TypeOf(choice.Then, scope);
        var otherwise = TypeOf(choice.Otherwise, scope);
        if (!StaticType.Comparable(then, otherwise))
        {
            Fail(choice.Otherwise.Start, Phrase.With(Texts.ConditionHalves, then, otherwise));
            return StaticType.Any;
        }
        return StaticType.Either(then, otherwise);
    }

    private StaticType ListType(ListExpr list, Scope? scope)
    {
        StaticType? element = null;
        foreach (var item in list.Items)
        {
            var type = TypeOf(item, scope);
            element = element is null ? type : StaticType.Either(element, type);
        }
        return StaticType.ListOf(element ?? StaticType.Any);
    }

    private StaticType MapType(MapExpr map, Scope? scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in map.Keys)
        {
            var type = TypeOf(key, scope);
            if (!type.MayBe(ValueKind.String))
            {
                Fail(key.Start, Phrase.With(Texts.ConditionMapKeys, type));
            }
            if (Literal(key) is { } name && !names.Add(name))
            {
                Fail(key.Start, Phrase.With(Texts.ConditionKeyTwice, name));
            }
        }
        foreach (var value in map.Values)
        {
            TypeOf(value, scope);
        }
        return StaticType.Map;
    }

    private StaticType LoopType(LoopExpr loop, Scope? scope)
    {
        var range = TypeOf(loop.Range, scope);
        if (!range.MayBe(ValueKind.List) && !range.MayBe(ValueKind.Map))
        {
            Fail(loop.Offset, Phrase.With(Texts.ConditionNoItems, range));
        }
        if (Scope.Depth(scope) >= MaxLoops)
        {
            Fail(loop.Offset, Phrase.With(Texts.ConditionLoops, MaxLoops));
            return StaticType.Any;
        }
        var item = range.Kind == ValueKind.Map ? StaticType.Text : range.Element ?? StaticType.Any;
        var inner = new Scope(loop.Variable, item, scope);
        if (loop.Filter is { } filter)
        {
            Bool(filter, inner, "map");
        }
        if (loop.Kind == LoopKind.Map)
        {
            return StaticType.ListOf(TypeOf(loop.Body, inner));
        }
        Bool(loop.Body, inner, Words.NameOf(loop.Kind));
        return loop.Kind != LoopKind.Filter ? StaticType.Bool : range.IsAny ? StaticType.ListOf(StaticType.Any) : StaticType.ListOf(item);
    }

    private void Fail(int offset, string message, string? suggestion = null) => _faults.Add(new SyntaxFault(offset, message, suggestion));
}
