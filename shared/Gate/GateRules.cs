using Approvals.Tenants;

namespace Approvals.Gate;

/// <summary>Which policy applies to a gate call. Fails closed: what can't be told needs approval.</summary>
public static class GateRules
{
    public static GateEvaluation Evaluate(TenantSnapshot tenant, GateCheck check, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();
}
