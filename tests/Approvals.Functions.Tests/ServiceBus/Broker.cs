using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Sasl;
using Amqp.Types;

namespace Approvals.Functions.Tests.ServiceBus;

/// <summary>
/// As much of a Service Bus namespace as its real client needs to send: AMQP 1.0 without TLS (as the emulator has it), a token node, and one topic.
/// Can be stopped and started again on its port, and can refuse what it is sent.
/// </summary>
internal sealed class Broker(int port) : IDisposable
{
    /// <summary>Of the Standard tier.</summary>
    private const ulong MaxMessageBytes = 256 * 1024;

    private readonly ConcurrentBag<Connection> _connections = [];
    private ContainerHost? _host;

    public string ConnectionString =>
        $"Endpoint=sb://localhost:{port.ToString(CultureInfo.InvariantCulture)};SharedAccessKeyName=test;SharedAccessKey=dGVzdA==;UseDevelopmentEmulator=true;";

    /// <summary>Messages in the order of their arrival, those of a batch one by one.</summary>
    public ConcurrentQueue<Message> Received { get; } = new();

    /// <summary>Transfers so far, refused ones too; a batch is one.</summary>
    public int Transfers { get; private set; }

    /// <summary>Refuses transfers as a namespace does that has no room.</summary>
    public bool Refuses { get; set; }

    public void Start()
    {
        _host = new ContainerHost([$"amqp://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"]);
        // Claims-based security: the client shows its token to the $cbs node, not to SASL.
        _host.Listeners[0].SASL.EnableMechanism("MSSBCBS", SaslProfile.Anonymous);
        _host.AddressResolver = (_, attach) => Resolve(attach);
        _host.RegisterRequestProcessor("$cbs", new Tokens(_connections));
        _host.RegisterMessageProcessor("approvals", new Topic(this));
        _host.Open();
    }

    /// <summary>Ends the open connections too.</summary>
    public void Stop()
    {
        _host?.Close();
        while (_connections.TryTake(out var connection))
        {
            connection.Close(TimeSpan.Zero, new Error(new Symbol("amqp:connection:forced")));
        }
        _host = null;
    }

    public void Dispose() => Stop();

    /// <summary>The client names nodes by their whole address. It asks the broker how large a message may be; its attach comes back as the answer.</summary>
    private static string Resolve(Attach attach)
    {
        attach.MaxMessageSize = MaxMessageBytes;
        return ((attach.Role ? (attach.Source as Source)?.Address : (attach.Target as Target)?.Address) ?? "").Split('/')[^1];
    }

    private sealed class Tokens(ConcurrentBag<Connection> connections) : IRequestProcessor
    {
        public int Credit => 100;

        public void Process(RequestContext requestContext)
        {
            connections.Add(requestContext.Link.Session.Connection);
            requestContext.Complete(new Message
            {
                ApplicationProperties = new ApplicationProperties { ["status-code"] = 202, ["status-description"] = "Accepted" },
            });
        }
    }

    private sealed class Topic(Broker broker) : IMessageProcessor
    {
        public int Credit => 100;

        public void Process(MessageContext messageContext)
        {
            if (broker._host is null)
            {
                // What is still on its way over a connection that is being closed is lost with it.
                return;
            }
            broker.Transfers++;
            if (broker.Refuses)
            {
                messageContext.Complete(new Error(new Symbol("amqp:resource-limit-exceeded")));
                return;
            }
            foreach (var message in Unpack(messageContext.Message))
            {
                broker.Received.Enqueue(message);
            }
            messageContext.Complete();
        }

        /// <summary>A batch is one message whose data sections are messages (Service Bus, message format 0x80013700).</summary>
        private static IEnumerable<Message> Unpack(Message message) => message.Properties?.MessageId is not null && message.BodySection is Data
            ? [message]
            : message.BodySection switch
            {
                DataList list => Enumerable.Range(0, list.Count).Select(i => Decode(list[i])),
                Data one => [Decode(one)],
                _ => [message],
            };

        private static Message Decode(Data data) => Message.Decode(new ByteBuffer(data.Binary, 0, data.Binary.Length, data.Binary.Length));
    }
}
