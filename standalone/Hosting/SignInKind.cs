namespace Approvals.Standalone.Hosting;

/// <summary>How callers prove who they are.</summary>
internal enum SignInKind
{
    Development,
    Proxy,
    Tokens,
}
