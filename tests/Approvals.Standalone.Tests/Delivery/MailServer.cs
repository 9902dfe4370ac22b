using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Approvals.Standalone.Tests.Delivery;

/// <summary>Speaks as much SMTP (RFC 5321) as a client needs, in the clear or with TLS from the first byte, keeps the mail, and refuses recipients as told.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="certificate">Null: in the clear, and without STARTTLS.</param>
    public MailServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _running = RunAsync();
    }

    public Uri Address => new($"{(_certificate is null ? "smtp" : "smtps")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Mail as it came, headers and body, one letter an octet.</summary>
    public ConcurrentQueue<string> Mail { get; } = [];

    /// <summary>Answer to RCPT TO by address.</summary>
    public ConcurrentDictionary<string, string> Recipients { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = await StreamAsync(client);
                await ServeAsync(stream);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException or IOException or AuthenticationException)
        {
            // Stopped.
        }
    }

    private async Task<Stream> StreamAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    private async Task ServeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal))
            {
                var address = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                await writer.WriteLineAsync(Recipients.GetValueOrDefault(address, "250 ok"));
            }
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Mail.Enqueue(await ReadMailAsync(reader));
                await writer.WriteLineAsync("250 kept");
            }
            else
            {
                await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        const string End = "\r\n.\r\n";
        var mail = new StringBuilder();
        var octet = new char[1];
        while (mail.Length < End.Length || mail.ToString(mail.Length - End.Length, End.Length) != End)
        {
            if (await reader.ReadAsync(octet, _stop.Token) == 0)
            {
                throw new IOException("The mail has no end.");
            }

            mail.Append(octet[0]);
        }

        return mail.ToString(0, mail.Length - End.Length + 2);
    }
}
