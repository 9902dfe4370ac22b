using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Directory;
using Approvals.Identities;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Tokens;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.SignIn;

/// <summary>From a credential to a caller: the tenant must exist, and the person in it unless the identity provider vouches for them;
/// nobody who was removed or deactivated is one.</summary>
public sealed class CallerResolver(IPrincipalReader principals, ITenantCatalog catalog, FailedSignIns failed, FirstSignIn first, ApiOptions options)
{
    public string Challenge => principals.Challenge;

    /// <summary>Null: nobody is signed in, or not for this call.</summary>
    public async ValueTask<Caller?> ResolveAsync(HttpContext http) => (await SignInAsync(http)).Caller;

    public async ValueTask<SignedIn> SignInAsync(HttpContext http)
    {
        var signedIn = await FindAsync(http);
        if (signedIn is { Caller: null, IsCrossSite: false })
        {
            failed.Record(http);
        }
        return signedIn;
    }

    private async ValueTask<SignedIn> FindAsync(HttpContext http)
    {
        var principal = await principals.ReadAsync(http);
        if (principal is null || await catalog.FindAsync(principal.Tenant, http.RequestAborted) is not { } tenant)
        {
            return default;
        }
        if (principal.IsAmbient && CrossSite.IsWrite(http.Request, options.PublicUrl))
        {
            return new SignedIn(null, IsCrossSite: true);
        }
        var caller = principal switch
        {
            Principal.Known known => Known(tenant, known),
            Principal.Vouched { Identity: { Type: ActorType.Human } identity } =>
                Human(tenant, identity, await KnownAsync(http, tenant, identity.Who, principal.Credential)),
            Principal.Vouched { Identity: var identity } => Agent(tenant, identity),
            _ => null,
        };
        return new SignedIn(caller is null ? null : caller with
        {
            Actor = principal.Credential is null ? caller.Actor : caller.Actor with { Credential = principal.Credential },
            Scopes = principal.Scopes | Refused(caller.Actor),
        });
    }

    /// <summary>Personas go by the id that the directory has now, tokens by the identity of the person for whom they were made.</summary>
    private static Caller? Known(TenantSnapshot tenant, Principal.Known principal) =>
        (principal.IsIdentity ? tenant.Directory.Find(principal.Person) : tenant.Directory.Named(principal.Person)) is { MayAct: true } person
            ? new Caller(person.ToActor(principal.Assurance), tenant)
            : null;

    private static Caller? Human(TenantSnapshot tenant, Identity identity, Person? known) =>
        Person(known, identity.Who, identity.Roles) is { } person ? new Caller(person, tenant) : null;

    private async ValueTask<Person?> KnownAsync(HttpContext http, TenantSnapshot tenant, SubjectIdentity who, Credential? credential) =>
        tenant.Directory.Find(who) ?? await first.BindAsync(tenant, who, credential, Origins.Of(http), http.RequestAborted);

    /// <summary>Whatever the directory says of its name, it is no human.</summary>
    private static Caller? Agent(TenantSnapshot tenant, Identity identity)
    {
        if (Person(tenant.Directory.Find(identity.Who), identity.Who, identity.ActingFor is null ? identity.Roles : []) is not { } named)
        {
            return null;
        }
        var agent = named with { Type = ActorType.Agent, Assurance = Assurance.Token };
        if (identity.ActingFor is null)
        {
            return new Caller(agent, tenant);
        }
        return Person(tenant.Directory.Find(identity.ActingFor), identity.ActingFor, identity.Roles) is { Type: ActorType.Human } principal
            ? new Caller(agent with { ActingFor = new NamedPerson(principal.Id, principal.Name) }, tenant) { Reader = principal }
            : null;
    }

    /// <summary>The one person that a stable key names: of the directory, else of their own; null where they may not act, whoever still vouches for them.</summary>
    private static Actor? Person(Person? known, SubjectIdentity who, ImmutableArray<string> roles)
    {
        if (known is { MayAct: false })
        {
            return null;
        }
        var actor = known?.ToActor(Assurance.Interactive) ?? new Actor { Id = who.Id, Name = who.Name, Type = ActorType.Human, Assurance = Assurance.Interactive };
        actor = actor.Type == ActorType.Human ? actor : actor with { Assurance = Assurance.Token };
        return roles.IsEmpty ? actor : actor with { Roles = [.. actor.Roles.Union(roles, StringComparer.Ordinal)] };
    }

    /// <summary>What agents may never do is refused by the rule itself, which has their attempts in the trail, and not by what their token lacks.</summary>
    private static Scopes Refused(Actor actor) => actor.Type == ActorType.Human ? Scopes.None : Scopes.OfPeople;
}
