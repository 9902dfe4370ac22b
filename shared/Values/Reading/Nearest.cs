using Approvals.Conditions.Checking;

namespace Approvals.Values.Reading;

/// <summary>Finds the word that a misspelt one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>Beyond this the comparison would cost more than the suggestion is worth.</summary>
    private const int LongestWord = 64;

    /// <summary>Null where none is near.</summary>
    public static string? Word(string word, IEnumerable<string> words) => word.Length is 0 or > LongestWord ? null : Spelling.Nearest(word, words);
}
