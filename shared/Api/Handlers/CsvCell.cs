using System.Buffers;
using System.Text;

namespace Approvals.Api.Handlers;

/// <summary>
/// A cell of a CSV file (RFC 4180) that no spreadsheet runs: text that begins like a formula gets an apostrophe, which makes it text. So does
/// what begins like one behind a semicolon or a line end, where some spreadsheets begin a cell of their own, whatever the quotes say.
/// </summary>
/// <remarks>Source: OWASP, CSV injection.</remarks>
public static class CsvCell
{
    private const char Apostrophe = '\'';

    /// <summary>What a formula may begin with, or what may stand before one.</summary>
    private static readonly SearchValues<char> Openings = SearchValues.Create("=+-@\t\r\n;\uFF1D\uFF0B\uFF0D\uFF20");

    private static readonly SearchValues<char> Separators = SearchValues.Create(";\r\n");

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");

    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var safe = Guarded(text);
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Guarded(string text)
    {
        if (!Openings.Contains(text[0]) && !text.AsSpan().ContainsAny(Separators))
        {
            return text;
        }
        var safe = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (Openings.Contains(text[i]) && (i == 0 || Separators.Contains(text[i - 1])))
            {
                safe.Append(Apostrophe);
            }
            safe.Append(text[i]);
        }
        return safe.ToString();
    }
}
