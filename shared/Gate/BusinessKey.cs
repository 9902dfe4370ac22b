using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Gate;

/// <summary>Makes gate calls idempotent: equal calls have equal keys, and one request answers for a key.</summary>
public static class BusinessKey
{
    /// <summary>Lower-case hex SHA-256 over the parts, each preceded by its length so that no two lists of parts run together.</summary>
    public static string Of(string tenant, string actionType, Subject subject, string payloadHash, string requester) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>
    /// Whether the last request with a key still answers a repeated check: while it is open, while its grant can be claimed, and after a
    /// rejection unless the caller asks to <paramref name="reopen"/>. Otherwise a new request is started.
    /// </summary>
    public static bool StillAnswers(RequestState state, bool reopen, DateTimeOffset now) => state.Status switch
    {
        RequestStatus.Approved => state.Grant is { Execution: null } grant && now < grant.ExpiresAt,
        RequestStatus.Rejected => !reopen,
        RequestStatus.Withdrawn or RequestStatus.Expired => false,
        _ => true,
    };
}
