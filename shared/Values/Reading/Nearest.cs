namespace Approvals.Values.Reading;

/// <summary>Finds the word that a misspelt one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>Beyond this the comparison would cost more than the suggestion is worth.</summary>
    private const int LongestWord = 64;

    /// <summary>The nearest word within a third of the length (at least one change); null where none is near.</summary>
    public static string? Word(string word, IEnumerable<string> words)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }
        string? best = null;
        var least = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in words)
        {
            var distance = string.Equals(candidate, word, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate);
            if (distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one word the other.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[3, right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            rows[0, j] = j;
        }
        for (var i = 1; i <= left.Length; i++)
        {
            int row = i % 3, above = (i + 2) % 3, twoAbove = (i + 1) % 3;
            rows[row, 0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var distance = Math.Min(Math.Min(rows[above, j] + 1, rows[row, j - 1] + 1), rows[above, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    distance = Math.Min(distance, rows[twoAbove, j - 2] + 1);
                }
                rows[row, j] = distance;
            }
        }
        return rows[left.Length % 3, right.Length];
    }
}
