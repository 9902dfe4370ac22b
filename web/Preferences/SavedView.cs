namespace Approvals.Web.Preferences;

/// <summary>A person's own name for a way to look at the inbox.</summary>
/// <param name="Query">The query part of the inbox's address.</param>
public sealed record SavedView(string Name, string Query);
