using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Policies.Simulation;

/// <summary>What a policy would do with one gate call.</summary>
public sealed record SimulationResult
{
    /// <summary>
    /// The call needs approval: the policy covers the action type and its condition is true, or failed. Not where its levels are all skipped and it lets such
    /// a call pass.
    /// </summary>
    public required bool Matched { get; init; }

    /// <summary>Version 0 for a draft that is not stored.</summary>
    public required PolicyRef Policy { get; init; }

    /// <summary>Empty where its condition is false; the tenant's fallback level where it failed, and after levels that are all skipped.</summary>
    public required ImmutableArray<SimulatedLevel> Levels { get; init; }

    /// <summary>Why the gate would refuse the call: nobody is left at the first level that asks people. Null where somebody is.</summary>
    public Refusal? Refusal { get; init; }

    public required ImmutableArray<ExplainedClause> Explanation { get; init; }

    /// <summary>Why the condition failed at run time, if it did.</summary>
    public string? Fault { get; init; }

    /// <summary>One or two sentences for people: why, and that the gate would refuse.</summary>
    public required string Summary { get; init; }

    /// <summary>For who may not read the directory: how many people would be asked, not who.</summary>
    /// <param name="counts">False: not how many either. A policy of the reader's own could count one person.</param>
    public SimulationResult WithoutNames(bool counts) => this with
    {
        // Of levels of the reader's own, that nobody is left tells who is not there.
        Refusal = counts ? Refusal : null,
        Summary = counts || Refusal is null ? Summary : Summary[..^(Refusal.Detail.Length + 1)],
        Levels =
        [
            .. Levels.Select(level => level with { Approvers = [], ApproverCount = counts ? level.ApproverCount : null, Fallback = counts && level.Fallback }),
        ],
    };
}

/// <param name="Approvers">Ids of the people who would be asked, as of now; delegates in place of those who delegated. Empty where nobody is.</param>
/// <param name="Skipped">Its <c>when</c> is false.</param>
/// <param name="AutoApproved">A rule would approve it without a human.</param>
/// <param name="Rule">That rule.</param>
/// <param name="Fault">A condition of the level that failed, so that people are asked.</param>
/// <param name="Fallback">The tenant's fallback approvers are asked, since nobody else or too few are left.</param>
public sealed record SimulatedLevel(
    string Name, ImmutableArray<string> Approvers, bool Skipped = false, bool AutoApproved = false, string? Rule = null, string? Fault = null, bool Fallback = false)
{
    /// <summary>How many people would be asked; null: not told.</summary>
    public int? ApproverCount { get; init; } = Approvers.Length;

    /// <summary>People would be asked.</summary>
    public bool IsAsked => !Skipped && !AutoApproved;
}
