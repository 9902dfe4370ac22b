using Approvals.Actors;
using Approvals.Audit;
using Approvals.Outbox;

namespace Approvals.Delegations;

/// <summary>What is told of a delegation that ended by itself, because its time was over; both hosts write exactly this.</summary>
public static class DelegationEnding
{
    public static AuditDraft Entry(string tenant, Delegation delegation, DateTimeOffset now) =>
        DelegationCompletion.Entry(tenant, delegation, AuditAction.DelegationEnded, Actor.System, null, Origin.Internal, now);

    public static OutboxEvent Event(string tenant, Delegation delegation, DateTimeOffset now) =>
        DelegationRequest.Changed(tenant, delegation, "ended", now);
}
