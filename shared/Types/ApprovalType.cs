using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>A kind of request: what it must carry, what its decision must bring, what follows from its approval.</summary>
public sealed record ApprovalType
{
    /// <summary>What an unregistered request type is.</summary>
    public const string Generic = "action";

    /// <summary>The <c>requestType</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The action type of its requests; null: see <see cref="ActionFor"/>.</summary>
    public string? ActionType { get; init; }

    /// <summary>As of policies; used where neither the caller nor a policy gives a title.</summary>
    public string? TitleTemplate { get; init; }

    /// <summary>What the payload must be.</summary>
    public required FieldSchema MetadataSchema { get; init; }

    /// <summary>What the <c>input</c> of an approving decision must be; null: none is taken.</summary>
    public FieldSchema? DecisionInputSchema { get; init; }

    /// <summary>Called on the final approval.</summary>
    public SideEffect? SideEffect { get; init; }

    /// <summary>Whether an approval must bring input.</summary>
    public bool NeedsInput => DecisionInputSchema is { Required.IsEmpty: false };

    /// <summary>Whether something follows from an approval by itself: a call, or secrets that are in the vault.</summary>
    public bool HasSideEffect => SideEffect is not null || DecisionInputSchema?.Secrets.Any() is true;

    /// <summary>The action type of direct requests that name none, and of all requests where a side effect follows.</summary>
    /// <param name="requestType">As the request has it: an unregistered one is of the generic type.</param>
    public string ActionFor(string requestType) => ActionType ?? (HasSideEffect ? $"types.{Type}" : requestType);

    /// <summary>Refuses another action type than the type's own where a side effect follows: policies must be able to cover it, whoever asks.</summary>
    public Refusal? RefuseAction(string actionType) => HasSideEffect && actionType != ActionFor(Type)
        ? new(RefusalCode.ValidationFailed, Phrase.With(Texts.RefusedActionOfType, Type, ActionFor(Type)))
        : null;

    /// <summary>Refuses a payload that is not as the type's schema has it; null where it is.</summary>
    public Refusal? RefusePayload(Value payload)
    {
        var faults = MetadataSchema.Check(payload);
        return faults.IsEmpty ? null : Refusal.Of([.. faults.Select(fault => fault with { Pointer = "/payload" + fault.Pointer })]);
    }

    /// <summary>As the API shows it: where a side effect goes is the operator's affair.</summary>
    public Value ToValue() => Value.Map(
        ("type", Value.From(Type)),
        ("actionType", Value.From(ActionFor(Type))),
        ("titleTemplate", Value.From(TitleTemplate)),
        ("metadataSchema", MetadataSchema.Source),
        ("decisionInputSchema", DecisionInputSchema?.Source ?? Value.Null),
        ("sideEffect", Value.From(HasSideEffect)));
}

/// <summary>A signed call on approval.</summary>
/// <param name="Secret">As of webhooks.</param>
public sealed record SideEffect(Uri Url, WebhookSecret Secret);
