using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;

namespace Approvals.Chains.State;

/// <summary>
/// Everything the decider needs to know of a request: ids, times and votes, no titles, payloads or names
/// (those are in <see cref="Requests.Snapshot"/>). Immutable; <see cref="Chain.Evolve"/> makes the next one.
/// </summary>
public sealed record RequestState
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    /// <summary>Number of committed transitions; the optimistic lock of every store.</summary>
    public long Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required RequestStatus Status { get; init; }

    /// <summary>
    /// A request that was stored before this was kept has none, and reads as the gate's where it has a business key, else as a direct one: only gate calls
    /// had keys, those of the service among them.
    /// </summary>
    public RequestOrigin Origin
    {
        get => field == RequestOrigin.Direct && BusinessKey is not null ? RequestOrigin.Gate : field;
        init;
    }

    public required string RequestType { get; init; }

    public required string ActionType { get; init; }

    public required ActorRef Requester { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>Number of the payload snapshot under decision, from 1; a resubmission takes the next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Snapshot { get; init; } = 1;

    /// <summary>Lower-case hex SHA-256 of the RFC 8785 form of that snapshot's payload.</summary>
    public required string PayloadHash { get; init; }

    /// <summary>The policy version that the request started with; null where no policy asks for it.</summary>
    public PolicyRef? Policy { get; init; }

    /// <summary>The requester named the levels, which they may where no policy covers the action type. Such an approval has no side effect.</summary>
    public bool RequesterLevels { get; init; }

    public required ImmutableArray<LevelState> Levels { get; init => field = value.OrEmpty(); }

    /// <summary>1-based; 0 before the first level was entered.</summary>
    public int CurrentLevel { get; init; }

    /// <summary>No person approves two levels.</summary>
    public bool DistinctApprovers { get; init; }

    public required TimeSpan CompleteWithin { get; init; }

    public required TimeSpan GrantValidFor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last (re)submission; <see cref="CompleteWithin"/> counts from it.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Set once the administrators were told that <see cref="CompleteWithin"/> is over.</summary>
    public bool OverdueReported { get; init; }

    /// <summary>Automatic decisions so far; at most <see cref="Chain.MaxAutomaticDecisions"/>.</summary>
    public int AutomaticDecisions { get; init; }

    public int Overrides { get; init; }

    /// <summary>People informed of each step, who decide nothing.</summary>
    public ImmutableArray<string> Watchers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>People who lost their place to an escalation or a resubmission; they stay informed.</summary>
    public ImmutableArray<string> FormerApprovers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Set by gate calls and by the service's own: the fingerprint of (tenant, action type, subject, payload hash, requester).</summary>
    public string? BusinessKey { get; init; }

    /// <summary>People who decide nothing here, since they gain by it, wrote what is to be published, or made the token with which another human asked.</summary>
    public ImmutableArray<string> Barred { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The one-shot permission to execute; set when a request of the gate is approved.</summary>
    public GrantState? Grant { get; init; }

    /// <summary>Whether the person asked for it, themselves or through an agent, or is barred from it.</summary>
    public bool IsParty(string person) => Requester.StandsFor(person) || Barred.Contains(person, StringComparer.Ordinal);
}
