using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Hosting.Delivery;
using Approvals.Notifications;
using Approvals.Outbox;

namespace Approvals.Standalone.Tests.Delivery;

public sealed class SmtpMailSenderTests : IAsyncLifetime
{
    private static readonly MailContent Content = new(
        "Approval needed: a desk\r\nBcc: all@contoso.test", "Text with https://approvals.test/a/abc\n", "<p>Markup “ok”</p>");

    private readonly MailServer _server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_mail_has_both_forms_and_one_recipient()
    {
        Assert.Equal(DeliveryResult.Delivered, await Send("ana@contoso.test", "Ana\r\nBcc: eve@evil.test"));

        var mail = Assert.Single(_server.Mail);
        var headers = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.DoesNotContain(headers, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(headers, line => line.StartsWith("Subject: Approval needed: a desk", StringComparison.Ordinal));
        Assert.Contains(headers, line => line.Contains("approvals@contoso.test", StringComparison.Ordinal));
        Assert.Contains("Auto-Submitted: auto-generated", headers);
        Assert.Equal("Text with https://approvals.test/a/abc\r\n", Part(mail, "text/plain"));
        Assert.Equal("<p>Markup “ok”</p>", Part(mail, "text/html"));
    }

    [Fact]
    public async Task What_people_wrote_goes_out_in_short_lines_of_ascii()
    {
        var title = string.Concat(Enumerable.Repeat("Möbel für Zürich 家具 🪑 ", 22)).Trim();
        var text = $"{new string('x', 3000)}\n{title}\r\n\n.\nlast";
        var content = new MailContent(title, text, $"<p>{text}</p>");
        Assert.Equal(DeliveryResult.Delivered, await Sender.SendAsync("m1", "ana@contoso.test", "Ána Álves", content, default));

        var mail = Assert.Single(_server.Mail);
        Assert.DoesNotMatch(@"[^\x20-\x7E\t\r\n]", mail);
        Assert.DoesNotMatch(@"(?<!\r)\n|\r(?!\n)", mail);
        Assert.All(mail.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        var sent = text.ReplaceLineEndings("\r\n");
        Assert.Equal((sent, $"<p>{sent}</p>"), (Part(mail, "text/plain"), Part(mail, "text/html")));
        Assert.Equal(title, Header(mail, "Subject"));
        Assert.Equal("Ána Álves <ana@contoso.test>", Header(mail, "To"));
    }

    [Theory]
    [InlineData("Doe, J. \"JD\" <x@evil.example>", "\"Doe, J. \\\"JD\\\" <x@evil.example>\" <jd@contoso.test>")]
    [InlineData("a\\\" <b@c.d>, \"e", "\"a\\\\\\\" <b@c.d>, \\\"e\" <jd@contoso.test>")]
    [InlineData("J\u202ED\u200B", "JD <jd@contoso.test>")]
    public async Task A_display_name_keeps_its_quotes(string name, string to)
    {
        Assert.Equal(DeliveryResult.Delivered, await Send("jd@contoso.test", name));
        Assert.Equal(to, Header(Assert.Single(_server.Mail), "To"));
    }

    [Fact]
    public async Task The_same_message_has_the_same_id()
    {
        await Send("ana@contoso.test");
        await Send("ana@contoso.test");
        var ids = _server.Mail.Select(mail => mail.Split("\r\n").Single(line => line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)));
        Assert.Single(ids.Distinct());
    }

    [Theory]
    [InlineData("550 no such user", DeliveryOutcome.GiveUp)]
    [InlineData("450 busy", DeliveryOutcome.Retry)]
    public async Task The_answer_says_whether_to_try_again(string answer, DeliveryOutcome expected)
    {
        _server.Recipients["ana@contoso.test"] = answer;
        Assert.Equal(expected, (await Send("ana@contoso.test")).Outcome);
    }

    [Fact]
    public async Task An_address_that_is_none_is_given_up() => Assert.Equal(DeliveryOutcome.GiveUp, (await Send("ana at contoso")).Outcome);

    [Fact]
    public async Task No_server_is_tried_again()
    {
        var nobody = new SmtpMailSender(new Uri("smtp://127.0.0.1:1"), "approvals@contoso.test");
        Assert.Equal(DeliveryOutcome.Retry, (await nobody.SendAsync("m1", "ana@contoso.test", "Ana", Content, default)).Outcome);
    }

    [Fact]
    public async Task Smtps_is_tls_from_the_first_byte()
    {
        using var certificate = SelfSigned();
        await using var server = new MailServer(certificate);
        var sender = new SmtpMailSender(server.Address, "approvals@contoso.test", (_, found, _, _) => found?.GetCertHashString() == certificate.GetCertHashString());

        Assert.Equal(DeliveryResult.Delivered, await sender.SendAsync("m1", "ana@contoso.test", "Ana", Content, default));
        Assert.Contains("https://approvals.test/a/abc", Part(Assert.Single(server.Mail), "text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_mail()
    {
        using var certificate = SelfSigned();
        await using var server = new MailServer(certificate);

        var result = await new SmtpMailSender(server.Address, "approvals@contoso.test").SendAsync("m1", "ana@contoso.test", "Ana", Content, default);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Empty(server.Mail);
    }

    [Fact]
    public async Task Starttls_is_demanded_of_a_server_that_has_none()
    {
        var demanding = new SmtpMailSender(new UriBuilder(_server.Address) { Scheme = SmtpMailSender.StartTls }.Uri, "approvals@contoso.test");

        Assert.Equal(DeliveryOutcome.Retry, (await demanding.SendAsync("m1", "ana@contoso.test", "Ana", Content, default)).Outcome);
        Assert.Empty(_server.Mail);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=mail.contoso.test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private SmtpMailSender Sender => new(_server.Address, "approvals@contoso.test");

    private async Task<DeliveryResult> Send(string address, string name = "Ana") => await Sender.SendAsync("m1", address, name, Content, default);

    /// <summary>The text of the part of this type, which is sent as base64.</summary>
    private static string Part(string mail, string type)
    {
        var found = Regex.Match(mail, $@"\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)(?:\r\n--|\z)", RegexOptions.IgnoreCase);
        Assert.True(found.Success, mail);
        return Encoding.UTF8.GetString(Convert.FromBase64String(found.Groups[1].Value));
    }

    /// <summary>A header's text: unfolded, its encoded words (RFC 2047) each read by itself.</summary>
    private static string Header(string mail, string name)
    {
        var folded = Regex.Match(mail, $@"^{name}: (.*?)\r\n(?![ \t])", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase).Groups[1].Value;
        var words = Regex.Replace(folded, @"\?=\r\n[ \t]+=\?", "?==?");
        return Regex.Replace(words, @"=\?utf-8\?B\?(.*?)\?=", word => new UTF8Encoding(false, true).GetString(Convert.FromBase64String(word.Groups[1].Value)), RegexOptions.IgnoreCase);
    }
}
