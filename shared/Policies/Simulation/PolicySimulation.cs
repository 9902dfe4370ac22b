using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Tenants;

namespace Approvals.Policies.Simulation;

/// <summary>Tries a policy, draft or live, without changing anything.</summary>
public static class PolicySimulation
{
    /// <param name="version">0 for a draft that is not stored.</param>
    public static SimulationResult Run(TenantSnapshot tenant, Policy policy, int version, GateCheck check, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>Runs recorded calls through a policy, each as of its own time.</summary>
    public static ReplayResult Replay(TenantSnapshot tenant, Policy policy, int version, IEnumerable<RecordedCheck> recorded) =>
        throw new System.Diagnostics.UnreachableException();
}
