using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Chains.State;

/// <summary>People asked in parallel within an entered level.</summary>
public sealed record GroupState
{
    public string? Name { get; init; }

    public required Strategy Strategy { get; init; }

    public Quorum? Quorum { get; init; }

    /// <summary>Approvals needed beyond those of the strategy: for people let in whom the group does not name.</summary>
    public int MoreNeeded { get; init; }

    public required ImmutableArray<ApproverState> Approvers { get; init => field = value.OrEmpty(); }
}
