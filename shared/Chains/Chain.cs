using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>
/// The chain's rules as two pure, total functions: <see cref="Decide"/> answers a command with events or a refusal, <see cref="Evolve"/>
/// applies one event. No clock, no I/O, no exceptions for expected refusals; both hosts call exactly these.
/// </summary>
public static partial class Chain
{
    /// <summary>Automatic decisions allowed in one request; from then on people are asked.</summary>
    public const int MaxAutomaticDecisions = 5;

    /// <summary>More overrides than this on one request raise an alert event.</summary>
    public const int MaxOverridesWithoutAlert = 3;

    /// <summary>Levels that one request may have: few enough that all of them skipped in one transition still fit a transaction of 100 rows.</summary>
    public const int MaxLevels = 50;

    /// <summary>A claim without a report is given up after this long.</summary>
    public static readonly TimeSpan ReportWithin = TimeSpan.FromHours(1);

    /// <summary>The level (1-based) that must be resolved and entered next, or null where the request rests.</summary>
    public static int? LevelToEnter(RequestState state) => state.Status switch
    {
        RequestStatus.Pending when !state.Levels.IsEmpty => 1,
        RequestStatus.InReview when CurrentLevel(state)?.Status is LevelStatus.Approved or LevelStatus.Skipped
            && state.CurrentLevel < state.Levels.Length => state.CurrentLevel + 1,
        _ => null,
    };
}
