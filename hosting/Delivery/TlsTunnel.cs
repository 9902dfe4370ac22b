using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Approvals.Hosting.Delivery;

/// <summary>
/// One connection to a server that speaks TLS from its first byte, lent to a client in this process that does not: the platform's SMTP client
/// knows STARTTLS only. It listens on loopback for that one connection.
/// </summary>
internal sealed class TlsTunnel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _far;
    private readonly SslStream _secure;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private TlsTunnel(TcpClient far, SslStream secure)
    {
        _far = far;
        _secure = secure;
        _listener.Start(1);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = CarryAsync();
    }

    /// <summary>Where the client connects, on loopback.</summary>
    public int Port { get; }

    /// <param name="check">Null: the system's trust.</param>
    /// <exception cref="SocketException">There is no connection.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server's certificate is not trusted, or not its own.</exception>
    /// <exception cref="IOException">The server ended the handshake.</exception>
    public static async Task<TlsTunnel> OpenAsync(string host, int port, RemoteCertificateValidationCallback? check, CancellationToken cancellation)
    {
        var far = new TcpClient();
        SslStream? secure = null;
        try
        {
            await far.ConnectAsync(host, port, cancellation);
            secure = new SslStream(far.GetStream());
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = check }, cancellation);
            return new TlsTunnel(far, secure);
        }
        catch
        {
            if (secure is not null)
            {
                await secure.DisposeAsync();
            }

            far.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Dispose();
        await _secure.DisposeAsync();
        _far.Dispose();
        _stop.Dispose();
    }

    private async Task CarryAsync()
    {
        try
        {
            using var near = await _listener.AcceptTcpClientAsync(_stop.Token);
            _listener.Stop();
            var stream = near.GetStream();
            await Task.WhenAny(stream.CopyToAsync(_secure, _stop.Token), _secure.CopyToAsync(stream, _stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client sees its own connection end, which is all there is to say.
        }
    }
}
