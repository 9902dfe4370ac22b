using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Audit;

/// <summary>What the trail says of a transition: one entry an event, in order; one entry for a refusal.</summary>
public static class AuditProjection
{
    public static ImmutableArray<AuditDraft> Of(
        RequestState? before, RequestState after, ImmutableArray<ChainEvent> events, CommandEnvelope envelope) =>
        throw new System.Diagnostics.UnreachableException();

    public static AuditDraft Refused(RequestState? before, CommandEnvelope envelope, Refusal refusal, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();
}
