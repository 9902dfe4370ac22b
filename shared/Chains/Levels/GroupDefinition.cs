using System.Collections.Immutable;

namespace Approvals.Chains.Levels;

/// <summary>People asked in parallel with a strategy of their own. A level without named groups has one group with no name.</summary>
public sealed record GroupDefinition
{
    /// <summary>The reference to the person for whom an agent asks: no other makes them an approver of what their own agent wants.</summary>
    public const string Principal = "principal";

    public string? Name { get; init; }

    /// <summary>References such as <c>user:ana</c>, <c>role:finance-manager</c>, <c>manager:requester</c>, <c>field:payload.owner</c>, <see cref="Principal"/>.</summary>
    public required ImmutableArray<string> Approvers { get; init => field = value.OrEmpty(); }

    public Strategy Strategy { get; init; } = Strategy.All;

    /// <summary>Set exactly where <see cref="Strategy"/> is <see cref="Strategy.Quorum"/>.</summary>
    public Quorum? Quorum { get; init; }

    /// <summary>Whether the policy lets a person confirm here what an agent asked for on their behalf.</summary>
    public bool AsksPrincipal => Approvers.Contains(Principal);
}
