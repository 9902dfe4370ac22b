using Approvals.Policies.Simulation;
using Approvals.Tenants;

namespace Approvals.Copilot.Risks;

/// <summary>Where the payloads of an action type have their amount.</summary>
internal static class AmountField
{
    private static readonly string[] Usual = ["amount", "total", "totalAmount", "grossAmount", "netAmount", "value", "price", "cost"];

    /// <summary>The path below the payload: what policies compare first, then usual names; null where most calls have none of them.</summary>
    public static string? Of(TenantSnapshot tenant, string actionType, RecordedCheck[] calls) =>
        PolicyThreshold.Of(tenant, actionType).Select(threshold => threshold.At.Path["payload.".Length..]).Concat(Usual)
            .FirstOrDefault(path => calls.Count(call => PolicyThreshold.Number(call.Check.Payload, path) is not null) * 2 > calls.Length);
}
