using System.Collections.Immutable;

namespace Approvals.Chains;

/// <summary>
/// What the directory, the delegations and the level's conditions say of one level at one moment. The resolver only
/// looks things up; who is left out, and what an empty level does, is the decider's rule.
/// </summary>
public sealed record LevelResolution
{
    /// <summary>1-based.</summary>
    public required int Level { get; init; }

    /// <summary>The level's <c>when</c> is false for this payload.</summary>
    public bool Skip { get; init; }

    /// <summary>The text of the first auto-approval rule that is true, if any.</summary>
    public string? AutoApproveRule { get; init; }

    /// <summary>A condition that failed at run time; the level is then asked (never skipped or automatic).</summary>
    public string? ConditionFault { get; init; }

    /// <summary>In the order of the definition's groups.</summary>
    public ImmutableArray<ImmutableArray<Candidate>> Groups { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The people of <c>escalateTo</c>; where none are named, of the next level.</summary>
    public ImmutableArray<Candidate> EscalationTargets { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The tenant's fallback approvers, asked where nobody else is left.</summary>
    public ImmutableArray<Candidate> Fallback { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Administrators who lately removed somebody whom the level asks: where every answer counts they are not enough without them.</summary>
    public ImmutableArray<string> Removers { get; init => field = value.OrEmpty(); } = [];
}
