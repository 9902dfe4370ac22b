using Approvals.Actors;
using Approvals.Chains;
using Approvals.Tenants;

namespace Approvals.Delegations;

/// <summary>Which delegations may be created.</summary>
public static class DelegationRules
{
    /// <summary>The action type by which delegating across departments is gated.</summary>
    public const string CreateAction = "approvals.delegation.create";

    public const int MaxReasonLength = 500;

    /// <param name="actor">Who creates it: the delegator, or an administrator.</param>
    public static DelegationCheck Check(TenantSnapshot tenant, Delegation delegation, Actor actor, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();
}

/// <param name="Refusal">Null where it may be created.</param>
/// <param name="NeedsApproval">It may, once the gate agrees to <see cref="DelegationRules.CreateAction"/>.</param>
/// <param name="Field">The member at fault of a refused one, if it is one.</param>
public sealed record DelegationCheck(Refusal? Refusal, bool NeedsApproval = false, string? Field = null);
