using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Web.Policies.Builder;

/// <summary>The dotted paths of payloads, for completion.</summary>
internal static class PayloadPaths
{
    private const int Most = 200;
    private const int Deepest = 5;

    public static ImmutableArray<string> Of(IEnumerable<Value> payloads)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var payload in payloads)
        {
            Collect(payload, "payload", paths, Deepest);
        }

        return [.. paths.Take(Most)];
    }

    private static void Collect(Value value, string path, SortedSet<string> paths, int depth)
    {
        if (value.Kind != ValueKind.Map || depth == 0)
        {
            return;
        }

        foreach (var (name, member) in value.Members)
        {
            if (IsName(name))
            {
                paths.Add($"{path}.{name}");
                Collect(member, $"{path}.{name}", paths, depth - 1);
            }
        }
    }

    /// <summary>Only what a condition can write after a dot.</summary>
    private static bool IsName(string name) => name.Length is > 0 and < 60 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
