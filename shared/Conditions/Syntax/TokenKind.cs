namespace Approvals.Conditions.Syntax;

internal enum TokenKind : byte
{
    End,
    Name,
    Literal,

    /// <summary>9223372036854775808: an int only behind a minus sign.</summary>
    IntEdge,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Not,
    Question,
    Colon,
    Comma,
    Dot,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
}
