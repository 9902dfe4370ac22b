namespace Approvals.Web.Links;

/// <summary>In place of the form: the tenant wants the approver to sign in before a link is answered.</summary>
/// <param name="Url">Where; null where a proxy does it.</param>
public sealed record LinkSignIn(string? Url);
