using Approvals.Api.Http;
using Approvals.Tokens;
using Approvals.Values;

namespace Approvals.Copilot;

/// <summary>One tool of the copilot. It reads, computes and suggests with what its caller may see; none decides or executes.</summary>
public interface ICopilotTool
{
    /// <summary>As a function's name: lower-case words joined by underscores.</summary>
    string Name { get; }

    /// <summary>What it does and when to use it, for people and for models.</summary>
    string Description { get; }

    /// <summary>JSON Schema of the arguments: an object.</summary>
    Value Parameters { get; }

    /// <summary>What a token must have for it.</summary>
    Scopes Scope => Scopes.Read;

    /// <param name="call">Who asks. Its body may be an envelope: arguments are read from <paramref name="arguments"/> alone.</param>
    ValueTask<ToolAnswer> RunAsync(Call call, Value arguments);
}
