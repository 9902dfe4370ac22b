namespace Approvals.Hosting.Delivery;

/// <summary>Settings of what leaves the service (docs/operations.md).</summary>
public sealed record DeliverySettings
{
    /// <summary>JSON file of webhook endpoints.</summary>
    public string? Webhooks { get; init; }

    /// <summary>JSON file of further approval types.</summary>
    public string? Types { get; init; }

    /// <summary>The mail server; null: messages stay in the in-app feed.</summary>
    public Uri? Mail { get; init; }

    /// <summary>Sender of mail; null: approvals at the public address's host.</summary>
    public string? MailFrom { get; init; }

    /// <summary>JSON file of Teams channels.</summary>
    public string? Teams { get; init; }

    public static DeliverySettings Read(SettingsSection section) => new()
    {
        Webhooks = section.File(nameof(Webhooks)),
        Types = section.File(nameof(Types)),
        Mail = section.Address(nameof(Mail), SmtpMailSender.Plain, SmtpMailSender.StartTls, SmtpMailSender.Tls),
        MailFrom = section.Mailbox(nameof(MailFrom)),
        Teams = section.File(nameof(Teams)),
    };
}
