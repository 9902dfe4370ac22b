namespace Approvals.Web.Hosting;

/// <summary>A page that only says something.</summary>
/// <param name="ToInbox">Offers the way to the inbox.</param>
public sealed record Message(string Title, string Text, bool ToInbox = false);
