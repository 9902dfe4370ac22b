using System.Collections.Immutable;

namespace Approvals.Tokens;

/// <summary>Scopes as callers and the command line write them.</summary>
public static class ScopeWords
{
    public static readonly ImmutableArray<string> All = [Of(Scopes.Gate), Of(Scopes.Read), Of(Scopes.Decide), Of(Scopes.Admin)];

    /// <param name="words">At least one.</param>
    public static bool TryParse(IEnumerable<string> words, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var word in words)
        {
            var index = All.IndexOf(word);
            if (index < 0)
            {
                return false;
            }
            scopes |= (Scopes)(1 << index);
        }
        return scopes != Scopes.None;
    }

    public static ImmutableArray<string> Words(Scopes scopes) => [.. All.Where((_, index) => scopes.HasFlag((Scopes)(1 << index)))];

    /// <summary>The word of one scope; of several, that of the least.</summary>
    public static string Of(Scopes scope) =>
        scope.HasFlag(Scopes.Gate) ? "gate" : scope.HasFlag(Scopes.Read) ? "read" : scope.HasFlag(Scopes.Decide) ? "decide" : "admin";
}
