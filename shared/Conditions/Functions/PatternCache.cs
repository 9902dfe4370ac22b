using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Approvals.Conditions.Functions;

/// <summary>The patterns that came out of payloads, up to a bound; refusals too, so that they cost no more than a look-up.</summary>
internal static class PatternCache
{
    private const int Most = 256;

    private static readonly ConcurrentDictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    /// <summary>False where the pattern is refused; why is found again by who wants to tell.</summary>
    public static bool TryGet(string pattern, [NotNullWhen(true)] out Regex? regex)
    {
        if (!Known.TryGetValue(pattern, out regex))
        {
            Patterns.TryCompile(pattern, out regex, out _);
            if (Known.Count >= Most)
            {
                Known.Clear();
            }
            Known[pattern] = regex;
        }
        return regex is not null;
    }
}
