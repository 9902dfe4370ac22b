namespace Approvals;

/// <summary>What was probably meant, as errors of documents and of conditions say it.</summary>
internal static class Suggestion
{
    /// <param name="meant">As it would stand there.</param>
    public static string Meant(string meant) => Phrase.With(Texts.SuggestMeant, meant);
}
