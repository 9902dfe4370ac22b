using System.Collections.Immutable;

namespace Approvals.Copilot;

/// <summary>The tools that there are. Fixed when the service starts: nothing that is read or written can add one.</summary>
public sealed class CopilotTools(IEnumerable<ICopilotTool> tools)
{
    public ImmutableArray<ICopilotTool> All { get; } = [.. tools];

    /// <summary>Null where there is none of that name.</summary>
    public ICopilotTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
}
