using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>
/// How many requests of one agent and action type may be open at once: an agent that asks without end must not bury its approvers. The hosts
/// count, each where creations of one agent are in order; what counts and what a refusal says is decided here.
/// </summary>
/// <param name="Most">At least 1.</param>
public sealed record OpenLimit(int Most)
{
    public static readonly OpenLimit Default = new(50);

    private Refusal Refusal => new(RefusalCode.TooManyOpen, Phrase.With(Texts.RefusedTooManyOpen, Most));

    /// <summary>Whether creations have to be counted for this caller.</summary>
    public static bool Concerns(Command.Create create) => create.By.Type == ActorType.Agent;

    /// <summary>A request counts from its draft until it is settled.</summary>
    public static bool Counts(RequestState? state) => state is { Requester.Type: ActorType.Agent } && !Chain.IsTerminal(state.Status);

    /// <summary>Refuses a creation beyond the limit. Nothing is kept for a repeat: the same call may succeed once a request is settled.</summary>
    /// <param name="entries">For the tenant's chain: the gate call, if there was one, and the refusal.</param>
    public StartResult Refuse(StartRequest start, DateTimeOffset now, out ImmutableArray<AuditDraft> entries)
    {
        var refused = AuditProjection.Refused(null, start.Create, Refusal, now);
        entries = start.Attempt is { } attempt ? [attempt, refused] : [refused];
        return new StartResult(null, Created: false, Refusal);
    }
}
