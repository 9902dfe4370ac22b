namespace Approvals.Tokens;

/// <summary>What an API token is good for. Whoever signs in without one has all of them.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Gate calls, claims and reports; asking, and changing one's own requests.</summary>
    Gate = 1,

    /// <summary>Every read that the person may, but for tokens and dead letters.</summary>
    Read = 2,

    /// <summary>Decisions, assignments, overrides and delegations.</summary>
    Decide = 4,

    /// <summary>Policies, the directory, tokens, dead letters.</summary>
    Admin = 8,

    All = Gate | Read | Decide | Admin,

    /// <summary>Of a token for which none were asked, and of tokens from before there were any.</summary>
    Default = Gate | Read,

    /// <summary>Those that an agent's token can't have: only people decide and administer.</summary>
    OfPeople = Decide | Admin,
}
