using System.Collections.Immutable;

namespace Approvals.Copilot.Mcp;

/// <summary>The versions of the Model Context Protocol whose messages are understood, newest first.</summary>
internal static class McpVersions
{
    public static ImmutableArray<string> Known { get; } = ["2025-11-25", "2025-06-18", "2025-03-26"];

    public static bool IsKnown(string version) => Known.Contains(version);

    /// <summary>The one that was asked for where it is known, else the newest: whether that will do is the client's to say.</summary>
    public static string Agreed(string asked) => IsKnown(asked) ? asked : Known[0];
}
