namespace Approvals.Web.Links;

/// <summary>The tenant wants the approver to sign in before a link is answered.</summary>
/// <param name="Url">Where; null where a proxy does it.</param>
public sealed record LinkSignIn(string? Url);
