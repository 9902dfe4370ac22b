using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Approvals.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends prepared bytes and reads one answer at a time. HttpClient would cost the two cores that the
/// service under load shares with this driver about as much as the service itself; waiting for sockets together costs more than a thread each.
/// </summary>
internal sealed class Connection(IPEndPoint address) : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] received = new byte[256 * 1024];

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Of the last answer, head and body as they came over the wire, in bytes.</summary>
    public int Received { get; private set; }

    public void Open() => socket.Connect(address);

    /// <summary>Sends one request and reads its answer whole; returns the status.</summary>
    public int Send(ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        var length = 0;
        var end = -1;
        while (end < 0)
        {
            length += Receive(length);
            end = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        var status = Number(received.AsSpan(9, 3));
        var bodyStart = end + 4;
        var head = received.AsSpan(0, bodyStart);
        if (Find(head, "Content-Length: "u8) is var at and >= 0)
        {
            var size = Number(head[at..]);
            while (length < bodyStart + size)
            {
                length += Receive(length);
            }

            Body = received.AsMemory(bodyStart, size);
            Received = bodyStart + size;
            return status;
        }

        while (!received.AsSpan(bodyStart, length - bodyStart).EndsWith("0\r\n\r\n"u8))
        {
            length += Receive(length);
        }

        Body = received.AsMemory(bodyStart, length - bodyStart);
        Received = length;
        return status;
    }

    public void Dispose() => socket.Dispose();

    private int Receive(int offset)
    {
        var count = socket.Receive(received.AsSpan(offset));
        return count > 0 ? count : throw new IOException("The service closed the connection.");
    }

    private static int Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head.IndexOf(name) is var at and >= 0 ? at + name.Length : -1;

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int value, out _) ? value : throw new IOException("Not an HTTP answer.");
}
