using System.Net;
using System.Net.Mail;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Values;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpClient = MailKit.Net.Smtp.SmtpClient;
using SmtpStatusCode = MailKit.Net.Smtp.SmtpStatusCode;

namespace Approvals.Hosting.Delivery;

/// <summary>
/// Mail over SMTP: <c>smtp://[user:password@]host[:port]</c> in the clear, <c>smtp+starttls://</c> demands STARTTLS, <c>smtps://</c> is TLS from the
/// first byte (RFC 8314). With TLS the server's certificate is checked.
/// </summary>
/// <param name="check">Null: the system's trust.</param>
internal sealed class SmtpMailSender(Uri server, string from, RemoteCertificateValidationCallback? check = null) : IMailSender
{
    public const string Plain = "smtp";
    public const string StartTls = "smtp+starttls";
    public const string Tls = "smtps";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly NetworkCredential? _credential = Credential(server);

    public async ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation)
    {
        if (!MailAddress.TryCreate(address, out _))
        {
            return DeliveryResult.GiveUp(Texts.DeliveryNoAddress);
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(AnswerWithin);
        using var message = Message(id, new MailboxAddress(Invisible.Line(name), address), content);
        try
        {
            await SendAsync(message, late.Token);
            return DeliveryResult.Delivered;
        }
        catch (SmtpCommandException fault)
        {
            return IsFinal(fault) ? DeliveryResult.GiveUp(fault.StatusCode.ToString()) : DeliveryResult.Retry(fault.StatusCode.ToString());
        }
        catch (Exception fault) when (fault is SocketException or SmtpProtocolException)
        {
            return DeliveryResult.Retry(Texts.DeliveryNoMailServer);
        }
        catch (AuthenticationException)
        {
            return DeliveryResult.Retry(nameof(SmtpStatusCode.AuthenticationInvalidCredentials));
        }
        catch (Exception fault) when (fault is SslHandshakeException or IOException or NotSupportedException)
        {
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoTls, fault.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoAnswer, AnswerWithin.TotalSeconds));
        }
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        var (port, security) = server.Scheme switch
        {
            Tls => (465, SecureSocketOptions.SslOnConnect),
            StartTls => (587, SecureSocketOptions.StartTls),
            _ => (25, SecureSocketOptions.None),
        };
        // Revocation lists are often out of reach of a closed network; everything else of the certificate is checked.
        using var client = new SmtpClient { ServerCertificateValidationCallback = check, CheckCertificateRevocation = false };
        await client.ConnectAsync(server.IdnHost, server.Port > 0 ? server.Port : port, security, cancellation);
        if (_credential is not null)
        {
            await client.AuthenticateAsync(_credential, cancellation);
        }
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private MimeMessage Message(string id, MailboxAddress to, MailContent content)
    {
        var sender = new MailboxAddress("Approvals", from);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        var message = new MimeMessage([sender], [to], Invisible.Line(content.Subject), new MultipartAlternative(Part("plain", content.Text), Part("html", content.Html)))
        {
            MessageId = $"{digest}@{sender.Domain}",
        };
        // RFC 3834: out-of-office replies are not wanted.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>Text has the line ends of mail within base64 too (RFC 2046, 4.1.1).</summary>
    private static TextPart Part(string subtype, string text) => new(subtype)
    {
        Text = text.ReplaceLineEndings("\r\n"),
        ContentTransferEncoding = ContentEncoding.Base64,
    };

    /// <summary>No such mailbox, or one that takes no mail: another try changes nothing.</summary>
    private static bool IsFinal(SmtpCommandException fault) =>
        fault is
        {
            ErrorCode: SmtpErrorCode.RecipientNotAccepted,
            StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath,
        };

    private static NetworkCredential? Credential(Uri server)
    {
        var parts = server.UserInfo.Split(':', 2);
        return server.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
