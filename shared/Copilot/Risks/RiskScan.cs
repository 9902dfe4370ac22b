using System.Collections.Immutable;
using Approvals.Copilot.Cards;

namespace Approvals.Copilot.Risks;

/// <summary>Everything that the detectors find in a scope. Patterns to look at, never proof of anything.</summary>
public static class RiskScan
{
    /// <summary>Findings beyond these are only counted.</summary>
    public const int Most = 50;

    private static readonly ImmutableArray<Func<RiskScope, IEnumerable<ToolCard>>> Detectors =
    [
        SelfApprovalAttempts.Find, SplitPurchases.Find, JustUnderThreshold.Find, RepeatedOverrides.Find, DelegationLoops.Find,
        HastyDecisions.Find, UnusualAmounts.Find, IdleApprovers.Find, AfterHours.Find,
    ];

    /// <summary>The surest first.</summary>
    public static ImmutableArray<ToolCard> Run(RiskScope scope) =>
        [.. Detectors.SelectMany(find => find(scope)).OrderByDescending(card => card.Confidence)];
}
