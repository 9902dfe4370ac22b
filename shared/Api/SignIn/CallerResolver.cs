using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Ports;
using Approvals.Tenants;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.SignIn;

/// <summary>From a credential to a caller: the tenant must exist, and the person in it unless the identity provider vouches for them;
/// nobody who was removed or deactivated is one.</summary>
public sealed class CallerResolver(IPrincipalReader principals, ITenantCatalog catalog, FailedSignIns failed)
{
    public string Challenge => principals.Challenge;

    public async ValueTask<Caller?> ResolveAsync(HttpContext http)
    {
        var caller = await FindAsync(http);
        if (caller is null)
        {
            failed.Record(http);
        }
        return caller;
    }

    private async ValueTask<Caller?> FindAsync(HttpContext http)
    {
        var principal = await principals.ReadAsync(http);
        if (principal is null || await catalog.FindAsync(principal.Tenant, http.RequestAborted) is not { } tenant)
        {
            return null;
        }
        var known = principal.IsIdentity
            ? tenant.Directory.Find(principal.Person)
            : tenant.Directory.Named(principal.Person) ?? (principal.Alias is { } alias ? tenant.Directory.Named(alias) : null);
        if (known is { } person)
        {
            return !person.MayAct ? null : new Caller(WithRoles(person.ToActor(), principal.Roles), tenant);
        }
        // Whoever was removed stays removed, whatever the identity provider still says of them.
        return principal.Vouched is { } vouched && tenant.Directory.IsFree(principal.Person) && (principal.Alias is null || tenant.Directory.IsFree(principal.Alias))
            ? new Caller(new Actor { Id = principal.Person, Name = vouched.Name, Type = vouched.Kind, Roles = principal.Roles }, tenant)
            : null;
    }

    private static Actor WithRoles(Actor actor, ImmutableArray<string> roles) =>
        roles.IsEmpty ? actor : actor with { Roles = [.. actor.Roles.Union(roles, StringComparer.Ordinal)] };
}
