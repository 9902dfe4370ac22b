namespace Approvals.Web.Hosting;

/// <summary>A page that only says something.</summary>
public sealed record Message(string Title, string Text);
