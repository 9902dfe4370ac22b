using System.Collections.Immutable;
using Approvals.Actors;

namespace Approvals.Identities;

/// <summary>
/// Who is calling, by verified claims: the one place that tells a human from an agent. Whoever can't be told to be a human isn't one.
/// </summary>
public sealed record Identity
{
    private const string User = "user";

    /// <summary>Evidence of a person: a delegated permission, or how they sign in.</summary>
    private static readonly string[] OfPeople = ["scp", "preferred_username", "upn"];

    /// <summary>Facets of Entra's agents: 11 an agent identity, 13 an agent's user account.</summary>
    private static readonly string[] Agents = ["11", "13"];

    public required string Tenant { get; init; }

    /// <summary>Human or agent.</summary>
    public required ActorType Type { get; init; }

    public required SubjectIdentity Who { get; init; }

    /// <summary>The person whose token an agent has.</summary>
    public SubjectIdentity? ActingFor { get; init; }

    /// <summary>Application roles in the claims: those of <see cref="ActingFor"/> where there is one.</summary>
    public ImmutableArray<string> Roles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Null: the claims name nobody for certain.</summary>
    public static Identity? Of(VerifiedClaims claims)
    {
        if (!claims.TryOne("tid", out var tenant) || tenant is null
            || !claims.TryOne("oid", out var oid) || !claims.TryOne("sub", out var sub) || !claims.TryOne("iss", out var issuer)
            || !claims.TryOne("azp", out var azp) || !claims.TryOne("appid", out var appid))
        {
            return null;
        }
        var subject = Subject(claims, tenant, oid, issuer, sub);
        var isAgentsOwn = claims.All("idtyp").Any(type => type.Length > 0 && !type.Equals(User, StringComparison.OrdinalIgnoreCase)) || IsAgent(claims, "xms_sub_fct");
        var hasActor = claims.All("act").Any() || IsAgent(claims, "xms_act_fct");
        var isPerson = OfPeople.Any(claims.Has);
        if (isPerson && !isAgentsOwn && !hasActor)
        {
            return subject is null ? null : new Identity { Tenant = tenant, Type = ActorType.Human, Who = subject, Roles = [.. claims.All("roles")] };
        }
        var principal = isPerson && !isAgentsOwn ? subject : null;
        return Agent(claims, azp ?? appid, principal is null ? subject : null) is { } agent && agent.Id != principal?.Id
            ? new Identity { Tenant = tenant, Type = ActorType.Agent, Who = agent, ActingFor = principal, Roles = [.. claims.All("roles")] }
            : null;
    }

    private static bool IsAgent(VerifiedClaims claims, string facets) =>
        claims.All(facets).Any(value => value.Split([' ', ',', '[', ']', '"'], StringSplitOptions.RemoveEmptyEntries).Intersect(Agents, StringComparer.Ordinal).Any());

    private static SubjectIdentity? Subject(VerifiedClaims claims, string tenant, string? oid, string? issuer, string? sub)
    {
        if ((oid ?? sub) is not { } id)
        {
            return null;
        }
        var subjects = ImmutableArray.CreateBuilder<string>();
        if (oid is not null)
        {
            subjects.Add($"{tenant}/{oid}");
        }
        if (issuer is not null && sub is not null)
        {
            subjects.Add($"{issuer}#{sub}");
        }
        claims.TryOne("preferred_username", out var username);
        claims.TryOne("name", out var name);
        return new SubjectIdentity
        {
            Id = Named(id),
            Name = name ?? username ?? id,
            Ids = [.. new[] { oid, sub }.OfType<string>()],
            Subjects = subjects.DrainToImmutable(),
            Username = username,
        };
    }

    /// <param name="application">The client that the token was given to.</param>
    /// <param name="own">Whom the token is about, where that is the agent itself.</param>
    private static SubjectIdentity? Agent(VerifiedClaims claims, string? application, SubjectIdentity? own)
    {
        if ((ActorClaim.Subject(claims) ?? application ?? own?.Id) is not { } id)
        {
            return null;
        }
        return new SubjectIdentity
        {
            Id = Named(id),
            Name = own?.Name is { } name && name != own.Id ? name : id,
            Ids = [id, .. own?.Ids ?? []],
            Subjects = own?.Subjects ?? [],
        };
    }

    /// <summary>Ids stand in paths and keys: what these can't hold is escaped, as in addresses. No id of the service's own is anybody's.</summary>
    private static string Named(string id) => id == Actor.System.Id ? "%73ystem" : Uri.EscapeDataString(id);
}
