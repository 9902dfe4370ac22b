namespace Approvals.Values;

/// <summary>What text of the outside world may be like, by whichever entrance it comes. A fault is a sentence for people; null where there is none.</summary>
public static class TextRule
{
    /// <summary>UTF-16 units of an id, a name or a word.</summary>
    public const int MaxId = 200;

    /// <summary>UTF-16 units of a comment, a reason or a description.</summary>
    public const int MaxProse = 10_000;

    /// <summary>An id, a name or a title: one line that is not blank, without control characters.</summary>
    public static string? Line(string text, int most = MaxId) =>
        text.Length > most ? Phrase.With(Texts.TextTooLong, most)
        : string.IsNullOrWhiteSpace(text) ? Texts.TextBlank
        : text.Any(char.IsControl) ? Texts.TextControl
        : null;

    /// <summary>Prose, which may have lines and tabs, and be blank.</summary>
    public static string? Prose(string text, int most = MaxProse) =>
        text.Length > most ? Phrase.With(Texts.TextTooLong, most)
        : HasControl(text) ? Texts.TextControl
        : null;

    /// <summary>Whether there is a control character that no text needs: all but line breaks and tabs.</summary>
    public static bool HasControl(string text) => text.Any(static unit => char.IsControl(unit) && unit is not ('\n' or '\r' or '\t'));
}
