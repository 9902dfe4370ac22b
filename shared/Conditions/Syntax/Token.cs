using Approvals.Values;

namespace Approvals.Conditions.Syntax;

/// <summary>A piece of the text from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, Value Value = default);
