using System.Text.Json;

namespace Approvals.Client.AI;

/// <summary>How calls of a tool become questions to the gate.</summary>
public sealed record GatedToolOptions
{
    /// <summary>The action type that the service's policies know; null: <c>tools.{name}</c>.</summary>
    public string? ActionType { get; init; }

    /// <summary>Names what a call acts on, from its arguments; by default type <c>tool</c> and the tool's name.</summary>
    public Func<JsonElement, (string Type, string Id)>? Subject { get; init; }

    /// <summary>How long a call waits for a decision before it is pending.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>
    /// True: a call that may not run ends with its <see cref="ApprovalException"/>. False (the default): the model is told what happened, as the tool's
    /// result <c>{status, requestId, message}</c>.
    /// </summary>
    public bool Throws { get; init; }

    internal GatedAction Action(string tool, string? description, JsonElement arguments)
    {
        var (type, id) = Subject?.Invoke(arguments) ?? ("tool", tool);
        return new GatedAction(ActionType ?? $"tools.{tool}", type, id) { Description = description };
    }
}
