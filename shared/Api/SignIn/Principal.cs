using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Identities;
using Approvals.Tokens;

namespace Approvals.Api.SignIn;

/// <summary>Whom a validated credential names. Never made of anything in a body.</summary>
public abstract record Principal(string Tenant, Assurance Assurance)
{
    /// <summary>The browser, a proxy or the platform adds it to calls by itself, also to those that another site's page made a browser send.</summary>
    public bool IsAmbient { get; init; }

    /// <summary>What the credential is good for.</summary>
    public Scopes Scopes { get; init; } = Scopes.All;

    /// <summary>Which token or session it is; null: it has no name.</summary>
    public Credential? Credential { get; init; }

    /// <summary>Somebody of the directory, by their id there.</summary>
    public sealed record Known(string Tenant, string Person, Assurance Assurance) : Principal(Tenant, Assurance)
    {
        /// <summary><see cref="Person"/> is the identity of a person, which a token was made for, and no id that may be somebody else's by now.</summary>
        public bool IsIdentity { get; init; }
    }

    /// <summary>Somebody for whom an identity provider vouches, and who need not be in the directory.</summary>
    public sealed record Vouched(Identity Identity) : Principal(Identity.Tenant, Assurance.Interactive);
}
