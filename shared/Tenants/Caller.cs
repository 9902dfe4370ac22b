using Approvals.Actors;

namespace Approvals.Tenants;

/// <summary>A validated principal with their tenant as it was when the call came in.</summary>
public sealed record Caller(Actor Actor, TenantSnapshot Tenant)
{
    public string TenantId => Tenant.Settings.Id;

    public string Id => Actor.Id;

    public bool IsAdmin => Actor.Has(Roles.Admin);

    /// <summary>Sees every request of the tenant and its trail.</summary>
    public bool SeesAll => IsAdmin || Actor.Has(Roles.Auditor);

    /// <summary>Sees every request of the tenant: who may set a rejection aside has to find it.</summary>
    public bool SeesRequests => SeesAll || (Actor.Type == ActorType.Human && Actor.Has(Roles.Override));

    public bool MayEditPolicies => IsAdmin || Actor.Has(Roles.PolicyAdmin);

    public bool MayOperate => IsAdmin || Actor.Has(Roles.Operator);
}
