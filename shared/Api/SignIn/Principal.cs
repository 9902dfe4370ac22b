using System.Collections.Immutable;
using Approvals.Actors;

namespace Approvals.Api.SignIn;

/// <summary>Whom a validated credential names. Never made of anything in a body.</summary>
public sealed record Principal(string Tenant, string Person)
{
    /// <summary><see cref="Person"/> is the identity of a person, which a token was made for, and no id that may be somebody else's by now.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Another name of the same person, tried where the directory does not know the first.</summary>
    public string? Alias { get; init; }

    /// <summary>Roles that the credential itself carries, beside those of the directory.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>
    /// Set where the identity provider vouches for the person, who then need not be in the directory; null: the person must be there.
    /// </summary>
    public Vouched? Vouched { get; init; }
}

/// <summary>What the identity provider says of somebody.</summary>
public sealed record Vouched(string Name, ActorType Kind);
