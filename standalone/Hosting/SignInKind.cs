namespace Approvals.Standalone.Hosting;

/// <summary>How callers prove who they are; more than one way may be open at once.</summary>
[Flags]
internal enum SignInKind
{
    None = 0,

    /// <summary>Everybody may be anybody.</summary>
    Development = 1,
    Proxy = 2,
    Tokens = 4,
}
