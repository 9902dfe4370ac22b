using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>Counts the answers of a group against its strategy.</summary>
internal static class Tally
{
    /// <summary>Approvals that pass the group. Places handed on don't count; theirs are the new holders'.</summary>
    public static int Needed(GroupState group)
    {
        var places = group.Approvers.Length - Count(group, ApproverStatus.Reassigned);
        return group.MoreNeeded + group.Strategy switch
        {
            Strategy.Any or Strategy.First => 1,
            Strategy.Quorum when group.Quorum is { } quorum => Math.Max(1, quorum.Needed(places)),
            _ => Math.Max(1, places),
        };
    }

    /// <summary>Whether those who answered for it and those who still may are enough.</summary>
    public static bool CanPass(GroupState group) =>
        Count(group, ApproverStatus.Approved) + Count(group, ApproverStatus.Waiting) >= Needed(group);

    /// <summary>The group after somebody was let in whom it does not name: one approval more than before is needed.</summary>
    public static GroupState Raised(GroupState before, GroupState after) =>
        after with { MoreNeeded = after.MoreNeeded + Needed(before) + 1 - Needed(after) };

    public static bool Passed(GroupState group) => Count(group, ApproverStatus.Approved) >= Needed(group);

    public static bool Passed(LevelState level) => !level.Groups.IsEmpty && level.Groups.All(Passed);

    /// <summary>Whether the level is lost by the answers given so far.</summary>
    public static bool Failed(LevelState level) => level.Groups.Any(group => Failed(group, level.Definition.Rejection));

    private static bool Failed(GroupState group, RejectionRule rule)
    {
        var rejected = Count(group, ApproverStatus.Rejected);
        return rejected > 0 && (rule == RejectionRule.Veto || group.Strategy == Strategy.First
            || !CanPass(group));
    }

    private static int Count(GroupState group, ApproverStatus status)
    {
        var count = 0;
        foreach (var place in group.Approvers)
        {
            count += place.Status == status ? 1 : 0;
        }
        return count;
    }
}
