namespace Approvals.Conditions.Syntax;

internal static class TextPosition
{
    /// <summary>The 1-based line and column of an offset.</summary>
    public static (int Line, int Column) Of(string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
