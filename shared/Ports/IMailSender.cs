using Approvals.Notifications;
using Approvals.Outbox;

namespace Approvals.Ports;

/// <summary>Sends mail.</summary>
public interface IMailSender
{
    /// <summary>Gives up where the server will never take it (no such mailbox, an address that is none).</summary>
    /// <param name="id">Unique and stable: the mail's Message-ID is made of it, so that mailboxes can drop a repeat.</param>
    ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation);
}
