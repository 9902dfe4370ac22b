using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Values;

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

    /// <summary>The framework's quoted-printable writes line breaks as <c>=0D=0A</c>, which RFC 2045 (6.7, rule 4) forbids in text.</summary>
    private const TransferEncoding BodyForm = TransferEncoding.Base64;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly NetworkCredential? _credential = Credential(server);

    public async ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation)
    {
        if (!MailAddress.TryCreate(address, DisplayName(name), Encoding.UTF8, out var to))
        {
            return DeliveryResult.GiveUp(Texts.DeliveryNoAddress);
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(AnswerWithin);
        using var message = Message(id, to, content);
        try
        {
            await SendAsync(message, late.Token);
            return DeliveryResult.Delivered;
        }
        catch (SmtpFailedRecipientException fault)
        {
            return IsFinal(fault.StatusCode) ? DeliveryResult.GiveUp(fault.StatusCode.ToString()) : DeliveryResult.Retry(fault.StatusCode.ToString());
        }
        catch (SmtpException fault)
        {
            return DeliveryResult.Retry(fault.StatusCode == SmtpStatusCode.GeneralFailure ? Texts.DeliveryNoMailServer : fault.StatusCode.ToString());
        }
        catch (SocketException)
        {
            return DeliveryResult.Retry(Texts.DeliveryNoMailServer);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoTls, fault.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoAnswer, AnswerWithin.TotalSeconds));
        }
    }

    private async Task SendAsync(MailMessage message, CancellationToken cancellation)
    {
        var port = server.Port > 0 ? server.Port : server.Scheme switch { Tls => 465, StartTls => 587, _ => 25 };
        if (server.Scheme == Tls)
        {
            await using var tunnel = await TlsTunnel.OpenAsync(server.IdnHost, port, check, cancellation);
            using var inside = new SmtpClient(IPAddress.Loopback.ToString(), tunnel.Port) { Credentials = _credential };
            await inside.SendMailAsync(message, cancellation);
            return;
        }

        using var client = new SmtpClient(server.IdnHost, port) { EnableSsl = server.Scheme == StartTls, Credentials = _credential };
        await client.SendMailAsync(message, cancellation);
    }

    private MailMessage Message(string id, MailAddress to, MailContent content)
    {
        var message = new MailMessage(new MailAddress(from, "Approvals"), to)
        {
            Subject = Invisible.Line(content.Subject),
            SubjectEncoding = Encoding.UTF8,
            // Text has the line ends of mail within base64 too (RFC 2046, 4.1.1).
            Body = content.Text.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = BodyForm,
        };
        var html = AlternateView.CreateAlternateViewFromString(content.Html.ReplaceLineEndings("\r\n"), Encoding.UTF8, MediaTypeNames.Text.Html);
        html.TransferEncoding = BodyForm;
        message.AlternateViews.Add(html);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        message.Headers.Add("Message-ID", $"<{digest}@{message.From!.Host}>");
        // RFC 3834: out-of-office replies are not wanted.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>No such mailbox, or one that takes no mail: another try changes nothing.</summary>
    private static bool IsFinal(SmtpStatusCode code) =>
        code is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath;

    /// <summary>A display name that keeps its quotes: the framework puts one of ASCII between quotes as it is (RFC 5322, 3.2.4), and encodes every other.</summary>
    private static string DisplayName(string name)
    {
        var line = Invisible.Line(name);
        return Ascii.IsValid(line) ? line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) : line;
    }

    private static NetworkCredential? Credential(Uri server)
    {
        var parts = server.UserInfo.Split(':', 2);
        return server.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
