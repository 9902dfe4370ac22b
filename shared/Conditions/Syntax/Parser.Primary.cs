using System.Collections.Immutable;

namespace Approvals.Conditions.Syntax;

internal sealed partial class Parser
{
    /// <summary>A primary with the members, calls and indexes behind it.</summary>
    private Expr? Chain()
    {
        var expr = Primary();
        while (expr is not null)
        {
            var token = Current;
            if (Take(TokenKind.Dot))
            {
                expr = Member(expr);
            }
            else if (Take(TokenKind.OpenBracket))
            {
                expr = Expression() is { } index && Expect(TokenKind.CloseBracket, Wanted.CloseOfIndex)
                    ? Made(new IndexExpr(expr, index, token.Start, _tokens[_at - 1].End))
                    : null;
            }
            else if (token.Kind == TokenKind.OpenBrace && expr is NameExpr or MemberExpr)
            {
                return Fail(Texts.ConditionMessageTypes, Texts.SuggestMap);
            }
            else
            {
                break;
            }
        }
        return expr;
    }

    private Expr? Member(Expr target)
    {
        var name = Current;
        if (name.Kind != TokenKind.Name)
        {
            return Unexpected(Wanted.MemberName, name.Kind is TokenKind.Literal or TokenKind.In ? Texts.SuggestNameInBrackets : null);
        }
        _at++;
        var word = _text[name.Start..name.End];
        if (Current.Kind != TokenKind.OpenParenthesis)
        {
            return Made(new MemberExpr(target, word, name.Start, name.End));
        }
        if (Arguments() is not { } arguments)
        {
            return null;
        }
        var end = _tokens[_at - 1].End;
        return Words.Loops.TryGetValue(word, out var loop)
            ? Loop(loop, word, target, arguments, name.Start, end)
            : Made(new CallExpr(target.OuterStart, end, name.Start, word, target, arguments));
    }

    private Expr? Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                _at++;
                return new LiteralExpr(token.Start, token.End, token.Value);
            case TokenKind.IntEdge:
                return Fail(Texts.ConditionIntRange, Texts.SuggestDecimalPoint);
            case TokenKind.Name:
                return Name(token);
            case TokenKind.OpenParenthesis:
                return Parenthesised(token.Start);
            case TokenKind.OpenBracket:
                _at++;
                return List(TokenKind.CloseBracket, Wanted.CloseOfList) is { } items
                    ? Made(new ListExpr(token.Start, _tokens[_at - 1].End, items))
                    : null;
            case TokenKind.OpenBrace:
                _at++;
                return Map(token.Start);
            default:
                return Unexpected(Wanted.Value);
        }
    }

    private Expr? Parenthesised(int start)
    {
        _at++;
        if (Expression() is not { } inner || !Expect(TokenKind.CloseParenthesis, Wanted.CloseOfParenthesis))
        {
            return null;
        }
        inner.Parenthesise(start, _tokens[_at - 1].End);
        return inner;
    }

    private Expr? Name(Token token)
    {
        var word = _text[token.Start..token.End];
        if (Words.Reserved.Contains(word))
        {
            return Fail(Phrase.With(Texts.ConditionReserved, word), ForeignWords.AsOperator(word));
        }
        _at++;
        if (Current.Kind != TokenKind.OpenParenthesis)
        {
            return new NameExpr(token.Start, token.End, word);
        }
        if (Arguments() is not { } arguments)
        {
            return null;
        }
        var end = _tokens[_at - 1].End;
        return word == "has"
            ? Has(token, arguments, end)
            : Made(new CallExpr(token.Start, end, token.Start, word, null, arguments));
    }

    private HasExpr? Has(Token token, ImmutableArray<Expr> arguments, int end)
    {
        if (arguments is [MemberExpr member])
        {
            return Made(new HasExpr(token.Start, end, member));
        }
        _fault ??= new SyntaxFault(token.Start, Texts.ConditionHas, arguments switch
        {
            [IndexExpr] => Texts.SuggestInPayload,
            [NameExpr name] => Suggestion.Meant($"has(payload.{name.Name})"),
            _ => null,
        });
        return null;
    }

    private LoopExpr? Loop(LoopKind kind, string word, Expr range, ImmutableArray<Expr> arguments, int offset, int end)
    {
        if (arguments.Length != 2 && !(kind == LoopKind.Map && arguments.Length == 3))
        {
            _fault ??= new SyntaxFault(offset, Phrase.With(Texts.ConditionLoopArguments, word), Phrase.With(Texts.SuggestLoop, word));
            return null;
        }
        if (arguments[0] is not NameExpr variable)
        {
            _fault ??= new SyntaxFault(arguments[0].Start, Phrase.With(Texts.ConditionLoopVariable, word), Phrase.With(Texts.SuggestLoop, word));
            return null;
        }
        return Made(new LoopExpr(kind, range, variable.Name, arguments.Length == 3 ? arguments[1] : null, arguments[^1], offset, end));
    }

    private ImmutableArray<Expr>? Arguments()
    {
        _at++;
        return List(TokenKind.CloseParenthesis, Wanted.CloseOfArguments, trailingComma: false);
    }

    private ImmutableArray<Expr>? List(TokenKind close, Wanted wanted, bool trailingComma = true)
    {
        var items = ImmutableArray.CreateBuilder<Expr>();
        if (Take(close))
        {
            return [];
        }
        do
        {
            if (trailingComma && items.Count > 0 && Current.Kind == close)
            {
                break;
            }
            if (Expression() is not { } item)
            {
                return null;
            }
            items.Add(item);
        }
        while (Take(TokenKind.Comma));
        return Expect(close, wanted) ? items.ToImmutable() : null;
    }

    private MapExpr? Map(int start)
    {
        var keys = ImmutableArray.CreateBuilder<Expr>();
        var values = ImmutableArray.CreateBuilder<Expr>();
        while (Current.Kind != TokenKind.CloseBrace)
        {
            if (Expression() is not { } key || !Expect(TokenKind.Colon, Wanted.ColonOfEntry) || Expression() is not { } value)
            {
                return null;
            }
            keys.Add(key);
            values.Add(value);
            if (!Take(TokenKind.Comma))
            {
                break;
            }
        }
        return Expect(TokenKind.CloseBrace, Wanted.CloseOfMap)
            ? Made(new MapExpr(start, _tokens[_at - 1].End, keys.ToImmutable(), values.ToImmutable()))
            : null;
    }
}
