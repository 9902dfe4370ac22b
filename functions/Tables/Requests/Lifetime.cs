using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Functions.Tables.Requests;

/// <summary>How long an orchestration stays with a request.</summary>
internal static class Lifetime
{
    /// <summary>While people or time may still change it as a matter of course. What is rare afterwards (an override, a late claim) starts another.</summary>
    public static bool IsLive(RequestState state, DateTimeOffset now) => Schedule.Next(state) is not null || EndsAt(state) > now || state.Status switch
    {
        RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Withdrawn or RequestStatus.Expired => false,
        _ => true,
    };

    /// <summary>When to look again without being asked: the next due time, or the end of an unclaimed grant, with which the orchestration ends.</summary>
    public static DateTimeOffset? WakeAt(RequestState state) => Schedule.Next(state)?.At ?? EndsAt(state);

    private static DateTimeOffset? EndsAt(RequestState state) =>
        state is { Status: RequestStatus.Approved, Grant: { Execution: null } grant } ? grant.ExpiresAt : null;
}
