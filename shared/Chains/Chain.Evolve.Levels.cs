using System.Collections.Immutable;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static ImmutableArray<LevelState> Put(RequestState state, int level, LevelState changed) => state.Levels.SetItem(level - 1, changed);

    private static ImmutableArray<LevelState> Close(RequestState state, int level, LevelStatus status, DateTimeOffset at) =>
        Put(state, level, state.Levels[level - 1] with { Status = status, RemindersDue = [], DecidedAt = at });

    private static ImmutableArray<LevelState> Skip(RequestState state, ChainEvent.LevelSkipped skipped)
    {
        var levels = Close(state, skipped.Level, LevelStatus.Skipped, skipped.At);
        return skipped.Fallback is { } fallback ? levels.Add(new LevelState { Definition = fallback }) : levels;
    }

    private static LevelState Open(LevelState level, ChainEvent.LevelEntered entered) => level with
    {
        Status = level.Status == LevelStatus.Escalated ? LevelStatus.Escalated : LevelStatus.Open,
        Groups = entered.Groups,
        EnteredAt = level.EnteredAt ?? entered.At,
        DueAt = entered.DueAt,
        RemindersDue = entered.RemindersDue,
    };

    private static LevelState Reminded(LevelState level, ChainEvent.Reminded reminded) =>
        level with { RemindersDue = [.. level.RemindersDue.Where(at => at > reminded.At)] };

    private static LevelState HandOver(LevelState level, ChainEvent.Escalated escalated) => level with
    {
        Status = LevelStatus.Escalated,
        Escalations = level.Escalations + (escalated.TimedOut ? 1 : 0),
    };

    private static LevelState StopClock(LevelState level) => level with { DueAt = null, RemindersDue = [] };

    /// <summary>The rejecting votes are cleared, so that the same people may answer again.</summary>
    private static LevelState Reopen(LevelState level, ChainEvent.Overridden overridden) => level with
    {
        Status = level.Escalations > 0 ? LevelStatus.Escalated : LevelStatus.Open,
        DecidedAt = null,
        DueAt = overridden.DueAt,
        RemindersDue = overridden.RemindersDue,
        Groups = Each(level.Groups, place => place.Status == ApproverStatus.Rejected
            ? new ApproverState { Person = place.Person, RoutedTo = place.RoutedTo }
            : place),
    };

    private static ImmutableArray<GroupState> Each(ImmutableArray<GroupState> groups, Func<ApproverState, ApproverState> change) =>
        [.. groups.Select(group => group with { Approvers = [.. group.Approvers.Select(change)] })];
}
