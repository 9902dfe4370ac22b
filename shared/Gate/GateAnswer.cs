using System.Text.Json.Serialization;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Gate;

/// <summary>What the gate says of a request.</summary>
/// <param name="Code">Stable code of every answer that is a "no"; null for pending and approved.</param>
/// <param name="GrantExpiresAt">Set exactly where approved.</param>
public sealed record GateAnswer(GateOutcome Outcome, string? Code = null, DateTimeOffset? GrantExpiresAt = null)
{
    public static readonly GateAnswer Allowed = new(GateOutcome.Allowed);

    /// <summary>Only a grant that can be claimed right now is <see cref="GateOutcome.Approved"/>.</summary>
    public static GateAnswer Of(RequestState state, DateTimeOffset now) => state.Status switch
    {
        RequestStatus.Approved when state.Grant is { Execution: not null } => new(GateOutcome.Executed, RefusalCode.AlreadyExecuted),
        RequestStatus.Approved when state.Grant is { } grant && now < grant.ExpiresAt => new(GateOutcome.Approved, null, grant.ExpiresAt),
        RequestStatus.Approved => new(GateOutcome.GrantExpired, RefusalCode.GrantExpired),
        RequestStatus.Rejected => new(GateOutcome.Rejected, RefusalCode.Denied),
        RequestStatus.Expired => new(GateOutcome.Expired, RefusalCode.Timeout),
        RequestStatus.Withdrawn => new(GateOutcome.Withdrawn, RefusalCode.AlreadyWithdrawn),
        _ => new(GateOutcome.Pending),
    };
}

/// <summary>The gate's answers; only <see cref="Allowed"/> and <see cref="Approved"/> let an action pass.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateOutcome>))]
public enum GateOutcome
{
    [JsonStringEnumMemberName("allowed")] Allowed,
    [JsonStringEnumMemberName("approved")] Approved,
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>A new check starts a new request.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,

    /// <summary>The grant was claimed.</summary>
    [JsonStringEnumMemberName("executed")] Executed,

    /// <summary>The grant was not claimed in time.</summary>
    [JsonStringEnumMemberName("grant_expired")] GrantExpired,
}
