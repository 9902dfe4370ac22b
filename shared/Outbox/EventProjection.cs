using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Outbox;

/// <summary>The events that leave the service for a transition, in order.</summary>
public static class EventProjection
{
    public static ImmutableArray<OutboxEvent> Of(RequestState after, ImmutableArray<ChainEvent> events, Snapshot snapshot) =>
        throw new System.Diagnostics.UnreachableException();
}
