using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Approvals.Conditions.Functions;

/// <summary>The patterns that came out of payloads, up to a bound; refusals too, so that they cost no more than a look-up.</summary>
internal static class PatternCache
{
    private const int Most = 256;

    private static readonly ConcurrentDictionary<string, (Regex? Regex, string? Error)> Known = new(StringComparer.Ordinal);

    public static bool TryGet(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        if (!Known.TryGetValue(pattern, out var known))
        {
            Patterns.TryCompile(pattern, out var made, out var refusal);
            known = (made, refusal);
            if (Known.Count >= Most)
            {
                Known.Clear();
            }
            Known[pattern] = known;
        }
        (regex, error) = known;
        return regex is not null;
    }
}
