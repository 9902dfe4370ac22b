using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;
using Approvals.Values;

namespace Approvals.Web.Policies.Builder;

/// <summary>The policy builder at one moment: the policy as it stands in the form, and what is known of it.</summary>
public sealed record BuilderView
{
    /// <summary>The policy's JSON, valid or not.</summary>
    public required Value Source { get; init; }

    public ImmutableArray<PolicyError> Errors { get; init; } = [];

    /// <summary>Payload paths that calls had or cases have, for completion.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>The JSON as text, where it is edited as such or could not be read.</summary>
    public string? Json { get; init; }

    public string? JsonError { get; init; }

    public TryOut TryOut { get; init; } = new();

    public ImmutableArray<PolicyCaseResult> Cases { get; init; } = [];

    public ImmutableArray<PolicyWarning> Warnings { get; init; } = [];

    public SimulationResult? Simulation { get; init; }

    public ReplayResult? Replay { get; init; }

    /// <summary>Errors at a member, by RFC 6901 pointer; those below it where it has no fields of its own.</summary>
    public IEnumerable<PolicyError> At(string pointer, bool below = true) => Errors.Where(error =>
        error.Pointer == pointer || (below && error.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal)));
}

/// <summary>What a policy is tried on.</summary>
public sealed record TryOut
{
    public string? ActionType { get; init; }

    /// <summary>Id of who calls.</summary>
    public string? Actor { get; init; }
    public string Payload { get; init; } = "{\n  \n}";
    public string? Wrong { get; init; }
    public int Last { get; init; } = 100;
}
