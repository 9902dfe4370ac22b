using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>Keeps what a policy administrator wrote as the next version of its key, a draft.</summary>
public static class PolicyDrafts
{
    /// <param name="policy">Read from <paramref name="source"/>, so it is valid.</param>
    /// <param name="source">The JSON as it was written.</param>
    public static ValueTask<PolicyVersion> AddAsync(
        IPolicyStore store, Caller caller, Origin origin, Policy policy, Value source, DateTimeOffset now, CancellationToken cancellation)
    {
        var audit = new AuditDraft
        {
            Tenant = caller.TenantId,
            At = now,
            Actor = caller.Actor,
            Action = AuditAction.PolicyDrafted,
            Subject = new(PublicationRequest.SubjectType, policy.Key),
            PayloadHash = PayloadHash.Of(source),
            Outcome = AuditOutcome.Ok,
            Origin = origin,
        };
        return store.AddDraftAsync(caller.TenantId, policy, source, audit, cancellation);
    }
}
