using System.Collections.Immutable;
using Approvals.Api.Problems;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;

namespace Approvals.Api.Handlers;

/// <summary>What came of a simulation: the result of one call, or a replay, or a refusal.</summary>
internal readonly record struct Simulated
{
    public SimulationResult? Result { get; init; }

    public ReplayResult? Replay { get; init; }

    /// <summary>The policy that was tried, where there was no refusal.</summary>
    public Policy? Policy { get; init; }

    /// <summary>0 for a draft that is not stored.</summary>
    public int Version { get; init; }

    /// <summary>Of the policy; empty for those who may not read others' calls.</summary>
    public ImmutableArray<PolicyWarning> Warnings { get; init; }

    public Problem? Refusal { get; init; }
}
