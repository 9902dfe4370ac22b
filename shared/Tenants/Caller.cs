using Approvals.Actors;

namespace Approvals.Tenants;

/// <summary>A validated principal with their tenant as it was when the call came in.</summary>
public sealed record Caller(Actor Actor, TenantSnapshot Tenant)
{
    public string TenantId => Tenant.Settings.Id;

    public string Id => Actor.Id;

    /// <summary>An agent never administers, whatever roles it was given: whoever makes tokens or people could decide as one of them.</summary>
    public bool IsAdmin => IsHuman && Actor.Has(Roles.Admin);

    /// <summary>Sees every request of the tenant and its trail.</summary>
    public bool SeesAll => IsAdmin || Actor.Has(Roles.Auditor);

    /// <summary>Sees every request of the tenant: who may set a rejection aside has to find it.</summary>
    public bool SeesRequests => SeesAll || (IsHuman && Actor.Has(Roles.Override));

    public bool MayEditPolicies => IsAdmin || (IsHuman && Actor.Has(Roles.PolicyAdmin));

    public bool MayOperate => IsAdmin || (IsHuman && Actor.Has(Roles.Operator));

    private bool IsHuman => Actor.Type == ActorType.Human;
}
