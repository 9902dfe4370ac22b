using System.Text.RegularExpressions;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>
/// Says the service's own facts more readably, or in another language, where there is a language model to do so. The wording is one plain line that leads nowhere
/// and counts nothing anew; what is otherwise is left, and the facts are said as they are.
/// </summary>
public sealed partial class Rewording(ILanguageModel? model)
{
    /// <summary>Of a wording, in UTF-16 units.</summary>
    public const int MaxLength = 1200;

    /// <summary>Of a language's name.</summary>
    public const int MaxLanguageLength = 35;

    private const string Task =
        "Task: say what the data say, in at most five short sentences, for somebody who has to decide about it and has little time. "
        + "Begin with what is asked for. State only what the data state; copy every number, date and name exactly as it is written, and write no other numbers. "
        + "Do not recommend a decision. '•••' stands for what the reader may not see: leave it out. ";

    private static readonly Value Schema = JsonText.Parse("""
        { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"], "additionalProperties": false }
        """);

    /// <summary>A language's name or tag, such as <c>German</c> or <c>pt-BR</c>.</summary>
    public static bool IsLanguage(string text) => text.Length <= MaxLanguageLength && Language().IsMatch(text);

    /// <summary>Null where the facts are to be said as they are: there is no model, it failed, or its wording can't be used.</summary>
    /// <param name="language">Null: English. One that <see cref="IsLanguage"/> refuses is not asked for.</param>
    public async ValueTask<string?> SayAsync(WordingFacts facts, string? language, CancellationToken cancellation)
    {
        var known = facts.Text;
        if (model is null || known.Length > WordingFacts.MaxLength || !IsLanguage(language ?? "English"))
        {
            return null;
        }
        var answer = await model.CompleteAsync(
            new ModelPrompt { Name = "wording", Task = $"{Task}Write in this language: {language ?? "English"}.", Subject = facts.ToValue(), Schema = Schema },
            cancellation);
        return answer.Fault is null && answer.Content.TryGet("text", out var text) && text.Kind == ValueKind.String
            && PlainText.Of(text.AsString(), known, MaxLength) is { } line && NumbersSaid.AreOf(line, known)
                ? line : null;
    }

    [GeneratedRegex(@"^[A-Za-z]{2,20}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
