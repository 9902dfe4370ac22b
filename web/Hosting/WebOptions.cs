namespace Approvals.Web;

/// <summary>How people come to be signed in on pages.</summary>
public enum WebSignIn
{
    /// <summary>They choose who they are; only ever on a loopback address.</summary>
    Personas,

    /// <summary>They paste an API token of theirs.</summary>
    Tokens,

    /// <summary>A proxy in front signs them in and says so with every request.</summary>
    Proxy,
}

/// <summary>Settings of the pages.</summary>
public sealed record WebOptions
{
    public required WebSignIn SignIn { get; init; }

    /// <summary>Where somebody who is not signed in is sent, with <see cref="WebSignIn.Proxy"/>; null: they are only told.</summary>
    public string? ProxySignInUrl { get; init; }
}
