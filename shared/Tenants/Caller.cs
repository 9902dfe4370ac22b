using Approvals.Actors;
using Approvals.Tokens;

namespace Approvals.Tenants;

/// <summary>A validated principal with their tenant as it was when the call came in.</summary>
public sealed record Caller(Actor Actor, TenantSnapshot Tenant)
{
    public string TenantId => Tenant.Settings.Id;

    public string Id => Actor.Id;

    /// <summary>Whose rights to read count: the caller's own, or those of the person for whom an agent acts.</summary>
    public Actor Reader { get; init; } = Actor;

    /// <summary>What the credential is good for.</summary>
    public Scopes Scopes { get; init; } = Scopes.All;

    /// <summary>Tells callers apart: an agent that acts for somebody from the same agent acting for somebody else. No id of a person has a colon.</summary>
    public string Key => Actor.ActingFor is { } principal ? $"{Id}:{principal.Id}" : Id;

    /// <param name="scope">Any of these is enough; none is needed for <see cref="Scopes.None"/>.</param>
    public bool Has(Scopes scope) => scope == Scopes.None || (Scopes & scope) != Scopes.None;

    /// <summary>An agent never administers, whatever roles it was given: whoever makes tokens or people could decide as one of them.</summary>
    public bool IsAdmin => Is(Actor, Roles.Admin);

    /// <summary>Sees every request of the tenant and its trail.</summary>
    public bool SeesAll => Is(Reader, Roles.Admin) || Reader.Has(Roles.Auditor);

    /// <summary>Sees every request of the tenant: who may set a rejection aside has to find it.</summary>
    public bool SeesRequests => SeesAll || Is(Reader, Roles.Override);

    /// <summary>May learn who is in the directory: policies name people, and the trail does.</summary>
    public bool SeesPeople => SeesAll || Is(Reader, Roles.PolicyAdmin);

    public bool MayEditPolicies => IsAdmin || Is(Actor, Roles.PolicyAdmin);

    public bool MayOperate => IsAdmin || Is(Actor, Roles.Operator);

    private static bool Is(Actor actor, string role) => actor.Type == ActorType.Human && actor.Has(role);
}
