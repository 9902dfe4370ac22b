using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Conditions.Functions;
using Approvals.Values;

namespace Approvals.Conditions.Syntax;

/// <summary>
/// Recursive descent over CEL's grammar. A method answers null once a fault is noted; the first fault ends the parse.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Brackets, choices and signs inside one another.</summary>
    public const int MaxNesting = 64;

    /// <summary>Depth of the tree, in which <c>a + b + c</c> counts twice; later passes recurse over it.</summary>
    public const int MaxDepth = 250;

    private readonly string _text;
    private readonly IReadOnlyList<Token> _tokens;
    private SyntaxFault? _fault;
    private int _at;
    private int _nesting;

    private Parser(string text, IReadOnlyList<Token> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Expr? expr, [NotNullWhen(false)] out SyntaxFault? fault)
    {
        expr = null;
        if (!Lexer.TryRead(text, out var tokens, out fault))
        {
            return false;
        }
        var parser = new Parser(text, tokens);
        expr = parser.Whole();
        fault = parser._fault;
        return expr is not null;
    }

    private Token Current => _tokens[_at];

    private Expr? Whole()
    {
        if (Current.Kind == TokenKind.End)
        {
            return Fail(Texts.ConditionEmpty, Texts.SuggestTrue);
        }
        var expr = Expression();
        return expr is null || Current.Kind == TokenKind.End ? expr : Unexpected(Wanted.End);
    }

    private Expr? Expression()
    {
        if (!Enter())
        {
            return null;
        }
        var test = Logic(isAnd: false);
        if (test is not null && Take(TokenKind.Question))
        {
            test = Choice(test);
        }
        _nesting--;
        return test;
    }

    private ChoiceExpr? Choice(Expr test)
    {
        var then = Logic(isAnd: false);
        if (then is null || !Expect(TokenKind.Colon, Wanted.OtherHalf))
        {
            return null;
        }
        return Expression() is { } otherwise ? Made(new ChoiceExpr(test, then, otherwise)) : null;
    }

    private Expr? Logic(bool isAnd)
    {
        var first = isAnd ? Relation() : Logic(isAnd: true);
        var sign = isAnd ? TokenKind.And : TokenKind.Or;
        if (first is null || Current.Kind != sign)
        {
            return first;
        }
        var operands = ImmutableArray.CreateBuilder<Expr>();
        operands.Add(first);
        while (Take(sign))
        {
            if ((isAnd ? Relation() : Logic(isAnd: true)) is not { } operand)
            {
                return null;
            }
            operands.Add(operand);
        }
        return Made(new LogicExpr(isAnd, operands.ToImmutable()));
    }

    private Expr? Relation() => Binary(Sum, kind => kind switch
    {
        TokenKind.Equal => Operator.Equal,
        TokenKind.NotEqual => Operator.NotEqual,
        TokenKind.Less => Operator.Less,
        TokenKind.LessOrEqual => Operator.LessOrEqual,
        TokenKind.Greater => Operator.Greater,
        TokenKind.GreaterOrEqual => Operator.GreaterOrEqual,
        TokenKind.In => Operator.In,
        _ => null,
    });

    private Expr? Sum() => Binary(Product, kind => kind switch
    {
        TokenKind.Plus => Operator.Add,
        TokenKind.Minus => Operator.Subtract,
        _ => null,
    });

    private Expr? Product() => Binary(Unary, kind => kind switch
    {
        TokenKind.Times => Operator.Multiply,
        TokenKind.Divide => Operator.Divide,
        TokenKind.Modulo => Operator.Modulo,
        _ => null,
    });

    private Expr? Binary(Func<Expr?> operand, Func<TokenKind, Operator?> operatorOf)
    {
        var left = operand();
        while (left is not null && operatorOf(Current.Kind) is { } op)
        {
            var offset = _tokens[_at++].Start;
            left = operand() is { } right ? Made(new BinaryExpr(op, left, right, offset)) : null;
        }
        return left;
    }

    private Expr? Unary()
    {
        var sign = Current;
        if (sign.Kind is not (TokenKind.Not or TokenKind.Minus))
        {
            return Chain();
        }
        _at++;
        if (sign.Kind == TokenKind.Minus && Current.Kind == TokenKind.IntEdge)
        {
            return new LiteralExpr(sign.Start, _tokens[_at++].End, Value.From(long.MinValue));
        }
        if (!Enter())
        {
            return null;
        }
        // The grammar repeats one sign, but does not mix the two.
        var operand = Current.Kind == sign.Kind ? Unary() : Chain();
        _nesting--;
        if (operand is null)
        {
            return null;
        }
        return sign.Kind == TokenKind.Not ? Made(new NotExpr(sign.Start, operand)) : Made(new NegateExpr(sign.Start, operand));
    }

    private bool Enter()
    {
        if (++_nesting > MaxNesting)
        {
            Fail(Phrase.With(Texts.ConditionNesting, MaxNesting));
            return false;
        }
        return true;
    }

    private T? Made<T>(T expr)
        where T : Expr
    {
        if (expr.Depth <= MaxDepth)
        {
            return expr;
        }
        _fault ??= new SyntaxFault(expr.Offset, Phrase.With(Texts.ConditionOperations, MaxDepth));
        return null;
    }

    private bool Take(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }
        _at++;
        return true;
    }

    private bool Expect(TokenKind kind, Wanted wanted)
    {
        if (Take(kind))
        {
            return true;
        }
        Unexpected(wanted);
        return false;
    }

    private Expr? Unexpected(Wanted wanted, string? suggestion = null)
    {
        var token = Current;
        if (token.Kind == TokenKind.End)
        {
            return Fail(Phrase.With(Texts.ConditionTextEnds, wanted.Clause()), suggestion ?? wanted.Suggestion());
        }
        if ((ForeignOperator(token) ?? (_at > 0 ? ForeignOperator(_tokens[_at - 1]) : null)) is { } foreign)
        {
            _fault ??= foreign;
            return null;
        }
        var shown = _text[token.Start..token.End];
        var message = Phrase.With(shown.Length <= 40 ? Texts.ConditionThereIs : Texts.ConditionThereIsMore, wanted.Clause(), shown);
        return Fail(message, AsCall(token) ?? suggestion ?? wanted.Suggestion());
    }

    /// <summary>A word in an operator's place is the fault, whichever token shows it.</summary>
    private SyntaxFault? ForeignOperator(Token token) => token.Kind == TokenKind.Name && ForeignWords.AsOperator(_text[token.Start..token.End]) is { } suggestion
        ? new SyntaxFault(token.Start, Phrase.With(Texts.ConditionNoOperator, _text[token.Start..token.End]), suggestion)
        : null;

    /// <summary>A function between its values, as others write <c>a contains b</c>.</summary>
    private string? AsCall(Token token) => token.Kind == TokenKind.Name && FunctionNames.Written(_text[token.Start..token.End]) is { } call
        ? Suggestion.Meant(call)
        : null;

    private Expr? Fail(string message, string? suggestion = null)
    {
        _fault ??= new SyntaxFault(Current.Start, message, suggestion);
        return null;
    }
}
