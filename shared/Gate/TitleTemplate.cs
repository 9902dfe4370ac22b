using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Actors;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>
/// Titles such as <c>Bill {payload.number} from {payload.vendor.name}</c>; also <c>{actor.name}</c>, <c>{subject.id}</c>, <c>{actionType}</c>;
/// <c>{{</c> and <c>}}</c> for braces.
/// </summary>
public sealed partial class TitleTemplate
{
    public const int MaxLength = 500;

    private readonly ImmutableArray<(string Text, bool IsField)> _parts;

    private TitleTemplate(ImmutableArray<(string, bool)> parts) => _parts = parts;

    /// <param name="column">1-based, of the error.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TitleTemplate? template, [NotNullWhen(false)] out string? error, out int column)
    {
        (template, error, column) = (null, null, 0);
        var parts = ImmutableArray.CreateBuilder<(string, bool)>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
                continue;
            }
            var end = c == '{' ? text.IndexOf('}', i) : -1;
            var field = end < 0 ? "" : text[(i + 1)..end].Trim();
            if (!Field().IsMatch(field))
            {
                column = i + 1;
                error = c == '}' ? Texts.WrongTemplateClose : end < 0 ? Texts.WrongTemplateOpen : Texts.WrongTemplateField;
                return false;
            }
            parts.Add((literal.ToString(), false));
            parts.Add((field, true));
            literal.Clear();
            i = end;
        }
        parts.Add((literal.ToString(), false));
        template = new TitleTemplate(parts.ToImmutable());
        return true;
    }

    /// <summary>One line of at most 500 characters; a missing field leaves nothing, a sensitive one is masked. May be empty.</summary>
    public string Render(string actionType, Actor actor, Subject subject, Value payload, ImmutableArray<string> sensitive)
    {
        var masked = Masking.Apply(payload, sensitive);
        var title = new StringBuilder();
        foreach (var (text, isField) in _parts)
        {
            title.Append(isField ? Value(text, actionType, actor, subject, masked) : text);
        }
        return Line(title.ToString());
    }

    /// <summary>One line without control characters, cut to the longest title.</summary>
    internal static string Line(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        if (line.Length <= Snapshot.MaxTitleLength)
        {
            return line;
        }
        var end = Snapshot.MaxTitleLength - 1;
        return $"{line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)}…";
    }

    private static string Value(string field, string actionType, Actor actor, Subject subject, Value payload) => field switch
    {
        "actionType" => actionType,
        "actor.id" => actor.Id,
        "actor.name" => actor.Name,
        "actor.type" => actor.Type.ToString().ToLowerInvariant(),
        "subject.type" => subject.Type,
        "subject.id" => subject.Id,
        _ => Text(payload.At(field["payload.".Length..])),
    };

    /// <summary>Texts as they are, everything else as JSON has it; an absent or null field is nothing.</summary>
    private static string Text(Value? value) => value switch
    {
        null or { IsNull: true } => "",
        { Kind: ValueKind.String } text => text.AsString(),
        { } other => other.ToString(),
    };

    [GeneratedRegex(@"^(payload(\.[A-Za-z0-9_$-]+)+|actor\.(id|name|type)|subject\.(type|id)|actionType)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
