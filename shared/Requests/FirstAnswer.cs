using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>
/// A request as the first answer to a command showed it, for whoever repeats the command after the request went on: its status, version, level and snapshot
/// from the receipt, and of today's state what was there by then.
/// </summary>
/// <remarks>Not kept, and so as today: people who were added or handed a place since, and what levels were like before a resubmission or an override.</remarks>
internal static class FirstAnswer
{
    /// <param name="snapshot">That of the receipt's standing.</param>
    public static StoredRequest Of(StoredRequest today, Receipt receipt, Standing standing, Snapshot snapshot)
    {
        var (state, at) = (today.State, receipt.At);
        return today with
        {
            Snapshot = snapshot,
            State = state with
            {
                Version = receipt.Version,
                Status = standing.Status,
                CurrentLevel = standing.Level,
                Snapshot = standing.Snapshot,
                PayloadHash = snapshot.PayloadHash,
                DecidedAt = Chain.IsTerminal(standing.Status) ? Earlier(state.DecidedAt, at) : null,
                Grant = standing.Status == RequestStatus.Approved ? Then(state.Grant, at) : null,
                Levels = [.. state.Levels.Select((level, i) => standing.Snapshot == state.Snapshot
                    ? Then(level, at, i + 1 == standing.Level ? standing.Status : null)
                    : new LevelState { Definition = level.Definition })],
            },
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset? decided, DateTimeOffset at) => decided is { } known && known <= at ? known : at;

    private static GrantState? Then(GrantState? grant, DateTimeOffset at) => grant switch
    {
        { Execution: { } execution } when execution.ClaimedAt > at => grant with { Execution = null },
        { Execution: { } execution } when execution.ReportedAt > at =>
            grant with { Execution = execution with { Outcome = ExecutionOutcome.Claimed, ReportedAt = null } },
        _ => grant,
    };

    /// <param name="status">The request's, where it stood at this level.</param>
    private static LevelState Then(LevelState level, DateTimeOffset at, RequestStatus? status)
    {
        if (level.DecidedAt <= at)
        {
            return level;
        }
        return level.EnteredAt <= at
            ? level with
            {
                Status = status switch
                {
                    RequestStatus.Rejected => LevelStatus.Rejected,
                    RequestStatus.Expired => LevelStatus.Expired,
                    _ => level.Escalations > 0 ? LevelStatus.Escalated : LevelStatus.Open,
                },
                DecidedAt = null,
                Groups = Then(level.Groups, at),
            }
            : new LevelState { Definition = level.Definition };
    }

    private static ImmutableArray<GroupState> Then(ImmutableArray<GroupState> groups, DateTimeOffset at) =>
        [.. groups.Select(group => group with { Approvers = [.. group.Approvers.Select(place => Then(place, at))] })];

    private static ApproverState Then(ApproverState place, DateTimeOffset at) =>
        place.DecidedAt > at ? new ApproverState { Person = place.Person, RoutedTo = place.RoutedTo } : place;
}
