using Approvals.Values.Reading;

namespace Approvals;

/// <summary>What was probably meant, as errors of documents and of conditions say it.</summary>
public static class Suggestion
{
    /// <param name="meant">As it would stand there.</param>
    public static string Meant(string meant) => Phrase.With(Texts.SuggestMeant, meant);

    /// <summary>A suggestion to follow a sentence, with the blank before it; empty where no word is near.</summary>
    /// <param name="written">How a word is written where it stands.</param>
    public static string After(string word, IEnumerable<string> words, Func<string, string>? written = null) =>
        Nearest.Word(word, words) is { } meant ? $" {Meant(written?.Invoke(meant) ?? meant)}" : "";
}
