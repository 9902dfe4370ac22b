namespace Approvals.Notifications;

/// <summary>Where people reach the service: the base of links in messages. Asked for late, since a host may learn its port only by listening.</summary>
public sealed class PublicAddress(Func<string> address)
{
    private readonly Lazy<string> _base = new(() => address().TrimEnd('/'));

    /// <param name="path">Begins with a slash.</param>
    public string LinkTo(string path) => _base.Value + path;
}
