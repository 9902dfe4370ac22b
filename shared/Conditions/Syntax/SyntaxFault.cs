namespace Approvals.Conditions.Syntax;

/// <summary>An error at an offset of the text, before it is given a line and a column.</summary>
internal sealed record SyntaxFault(int Offset, string Message, string? Suggestion = null)
{
    public ConditionError In(string text)
    {
        var (line, column) = TextPosition.Of(text, Offset);
        return new ConditionError(line, column, Message, Suggestion);
    }
}
