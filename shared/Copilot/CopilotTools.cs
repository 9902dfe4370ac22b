using System.Collections.Immutable;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Values;

namespace Approvals.Copilot;

/// <summary>The tools that there are. Fixed when the service starts: nothing that is read or written can add one.</summary>
public sealed class CopilotTools(IEnumerable<ICopilotTool> tools)
{
    public ImmutableArray<ICopilotTool> All { get; } = [.. tools];

    /// <summary>Null where there is none of that name.</summary>
    public ICopilotTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);

    /// <summary>Runs a tool for a caller whose credential is good for it.</summary>
    public static ValueTask<ToolAnswer> RunAsync(ICopilotTool tool, Call call, Value arguments) =>
        call.Caller.Has(tool.Scope) ? tool.RunAsync(call, arguments) : new(ToolAnswer.Refuse(Problem.ScopeMissing(tool.Scope)));
}
