using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>
/// Sets what people typed off from the service's own words, so that it can't pass for them: a text of several lines, or one that stands
/// alone, has every line behind <c>&gt; </c>, which no line of the service's own begins with.
/// </summary>
internal static class SetOff
{
    private const string Mark = "> ";
    private const int LongestWithin = 300;

    /// <summary>To follow a sentence's colon: a short line as it is, else as lines of its own.</summary>
    public static string Within(string? text) => Lines(text) switch
    {
        [] => "",
        [{ Length: <= LongestWithin } line] => line,
        _ => "\n" + Block(text),
    };

    /// <summary>Lines of its own.</summary>
    public static string Block(string? text) => string.Join('\n', Lines(text).Select(line => Mark + line));

    /// <summary>A text of this service, cut into what is its own and what is set off (without the marks).</summary>
    public static ImmutableArray<(bool IsSetOff, string Text)> Parts(string text)
    {
        var parts = ImmutableArray.CreateBuilder<(bool IsSetOff, string Text)>();
        foreach (var line in text.Split('\n'))
        {
            var isSetOff = line.StartsWith(Mark, StringComparison.Ordinal);
            var shown = isSetOff ? line[Mark.Length..] : line;
            if (parts.Count > 0 && parts[^1].IsSetOff == isSetOff)
            {
                parts[^1] = (isSetOff, $"{parts[^1].Text}\n{shown}");
            }
            else
            {
                parts.Add((isSetOff, shown));
            }
        }

        return parts.ToImmutable();
    }

    private static string[] Lines(string? text) =>
        [.. (text ?? "").Trim().ReplaceLineEndings("\n").Split('\n').Select(Invisible.Line).SkipWhile(line => line.Length == 0)];
}
