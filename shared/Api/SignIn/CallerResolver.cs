using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Ports;
using Approvals.Tenants;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.SignIn;

/// <summary>From a credential to a caller: the tenant must exist, and the person in it unless the identity provider vouches for them.</summary>
public sealed class CallerResolver(IPrincipalReader principals, ITenantCatalog catalog)
{
    public string Challenge => principals.Challenge;

    public async ValueTask<Caller?> ResolveAsync(HttpContext http)
    {
        var principal = await principals.ReadAsync(http);
        if (principal is null || await catalog.FindAsync(principal.Tenant, http.RequestAborted) is not { } tenant)
        {
            return null;
        }
        var known = tenant.Directory.Find(principal.Person) ?? (principal.Alias is { } alias ? tenant.Directory.Find(alias) : null);
        if (known is { } person)
        {
            return new Caller(WithRoles(person.ToActor(), principal.Roles), tenant);
        }
        return principal.Vouched is { } vouched
            ? new Caller(new Actor { Id = principal.Person, Name = vouched.Name, Type = vouched.Kind, Roles = principal.Roles }, tenant)
            : null;
    }

    private static Actor WithRoles(Actor actor, ImmutableArray<string> roles) =>
        roles.IsEmpty ? actor : actor with { Roles = [.. actor.Roles.Union(roles, StringComparer.Ordinal)] };
}
