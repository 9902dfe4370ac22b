using Approvals.Outbox;

namespace Approvals.Types;

/// <summary>
/// The effect of types whose approval brings secrets: they are in the vault since before the decision, so all that is left is to say so in
/// the trail.
/// </summary>
public sealed class VaultedSecrets : ISideEffect
{
    public string Name => "vault";

    public bool Follows(ApprovalType type) => type.DecisionInputSchema?.Secrets.Any() is true;

    public ValueTask<DeliveryResult> RunAsync(ApprovedRequest approved, CancellationToken cancellation) => new(DeliveryResult.Delivered);
}
