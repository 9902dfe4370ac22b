using System.Collections.Immutable;
using Approvals.Links;

namespace Approvals.Web.Links;

/// <summary>The confirmation page of an approve link.</summary>
/// <param name="Wrong">Why the answer was sent back.</param>
/// <param name="Typed">The comment that came with it.</param>
public sealed record LinkPageView(LinkView View, string Token, ImmutableDictionary<string, string> InputFaults, string? Wrong = null, string? Typed = null)
{
    /// <summary>Set where the form waits for a sign-in.</summary>
    public LinkSignIn? SignIn { get; init; }
}
