using System.Collections.Immutable;

namespace Approvals.Identities;

/// <summary>Somebody whom claims name by keys that an identity provider never gives to another.</summary>
public sealed record SubjectIdentity
{
    /// <summary>What they are called by where the directory does not have them.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Ids by which the directory may have them, the surest first: the object id, the subject, an application's id.</summary>
    public ImmutableArray<string> Ids { get; init => field = value.OrEmpty(); } = [];

    /// <summary><c>{tid}/{oid}</c> and <c>{issuer}#{sub}</c>, by which a person's <c>subjects</c> name them.</summary>
    public ImmutableArray<string> Subjects { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What they type to sign in. People are renamed and names are given again: no key.</summary>
    public string? Username { get; init; }
}
