using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>The answer by which a request came to where it is.</summary>
public static class LastDecision
{
    /// <summary>The latest answer at the last level that has one; null where no human answered.</summary>
    public static ApproverState? Of(RequestState state) =>
        state.Levels.SelectMany(level => level.Groups).SelectMany(group => group.Approvers)
            .Where(place => place.Status is ApproverStatus.Approved or ApproverStatus.Rejected && place.DecidedAt is not null)
            .Where(place => state.Status != RequestStatus.Rejected || place.Status == ApproverStatus.Rejected)
            .MaxBy(place => place.DecidedAt);

    /// <summary>A rejection that nobody made: the level's time ran out, and its policy rejects then.</summary>
    public static bool IsRejectedByTime(RequestState state) => state.Status == RequestStatus.Rejected && Of(state)?.DecidedAt != state.DecidedAt;
}
