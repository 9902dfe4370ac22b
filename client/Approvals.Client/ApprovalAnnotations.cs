using System.Text.Json;

namespace Approvals.Client;

/// <summary>What a module says of itself with regard to approval.</summary>
public sealed record ApprovalAnnotations
{
    /// <summary>Nothing is said; no approval is needed.</summary>
    public static readonly ApprovalAnnotations None = new();

    /// <summary>Calls need approval.</summary>
    public bool RequiresApproval { get; init; }

    /// <summary>The action type that the service's policies know; null: the module's id.</summary>
    public string? ActionType { get; init; }

    /// <summary>Reads annotations from a dictionary, as configuration and tool descriptions carry them: <c>requiresApproval</c> (also
    /// <c>requires_approval</c>) and <c>actionType</c>.</summary>
    /// <remarks>A value that can't be read as a boolean asks for approval: a misspelt annotation must not let a call pass.</remarks>
    public static ApprovalAnnotations From(IReadOnlyDictionary<string, object?> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var found = annotations.TryGetValue("requiresApproval", out var value) || annotations.TryGetValue("requires_approval", out value);
        return new ApprovalAnnotations
        {
            RequiresApproval = found && Requires(value),
            ActionType = annotations.TryGetValue("actionType", out var type) ? Text(type) : null,
        };
    }

    private static bool Requires(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        JsonElement { ValueKind: JsonValueKind.False or JsonValueKind.Null } => false,
        _ => Text(value) is not { } text || !bool.TryParse(text, out var parsed) || parsed,
    };

    private static string? Text(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        _ => null,
    };
}

/// <summary>Marks a method or class whose calls need approval.</summary>
/// <param name="actionType">The action type that the service's policies know; null: the module's id.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresApprovalAttribute(string? actionType = null) : Attribute
{
    /// <summary>The action type, or null for the module's id.</summary>
    public string? ActionType { get; } = actionType;

    /// <summary>The attribute as annotations.</summary>
    public ApprovalAnnotations ToAnnotations() => new() { RequiresApproval = true, ActionType = ActionType };
}
