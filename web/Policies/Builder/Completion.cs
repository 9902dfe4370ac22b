using System.Collections.Immutable;

namespace Approvals.Web.Policies.Builder;

/// <summary>What may stand where the caret is.</summary>
/// <param name="Text">To be put in place of the characters from <paramref name="From"/> to <paramref name="To"/>.</param>
public sealed record Choice(string Text, int From, int To);

/// <summary>Completes names in a condition: inputs, known payload paths, functions.</summary>
internal static class Completion
{
    private const int Most = 8;

    private static readonly ImmutableArray<string> Names =
    [
        "actor.id", "actor.name", "actor.roles", "actor.type", "duration(\"", "double(", "has(", "int(", "now", "payload", "size(", "string(",
        "subject.id", "subject.type", "timestamp(\"", "true", "false",
    ];

    private static readonly ImmutableArray<string> Methods =
        ["all(", "contains(\"", "endsWith(\"", "exists(", "exists_one(", "filter(", "map(", "matches(\"", "size()", "startsWith(\""];

    /// <param name="caret">UTF-16 units before the caret.</param>
    /// <param name="paths">Known payload paths.</param>
    public static ImmutableArray<Choice> At(string text, int caret, IEnumerable<string> paths)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var start = caret;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.'))
        {
            start--;
        }

        var word = text[start..caret];
        if (word.Length == 0 || char.IsAsciiDigit(word[0]) || InText(text[..start]))
        {
            return [];
        }

        var whole = paths.Concat(Names).Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && name.Length > word.Length)
            .Select(name => new Choice(name, start, caret));
        return [.. whole.Concat(Called(word, caret)).Distinct().Take(Most)];
    }

    /// <summary>Methods after the last dot of a path.</summary>
    private static IEnumerable<Choice> Called(string word, int caret)
    {
        var dot = word.LastIndexOf('.');
        return dot <= 0
            ? []
            : Methods.Where(method => method.StartsWith(word[(dot + 1)..], StringComparison.Ordinal)).Select(method => new Choice(method, caret - (word.Length - dot - 1), caret));
    }

    /// <summary>Whether the text breaks off inside a string.</summary>
    private static bool InText(string text)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0' && text[i] == '\\')
            {
                i++;
            }
            else if (quote == '\0' && text[i] is ('"' or '\''))
            {
                quote = text[i];
            }
            else if (text[i] == quote)
            {
                quote = '\0';
            }
        }

        return quote != '\0';
    }
}
