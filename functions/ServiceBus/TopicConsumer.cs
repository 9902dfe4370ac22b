using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Approvals.Outbox;
using Azure.Messaging.ServiceBus;

namespace Approvals.Functions.ServiceBus;

/// <summary>
/// Publishes every event to the topic, many in one transfer. One that was not taken is the outbox's again, which waits and keeps the order of its
/// request; so an hour without Service Bus costs an hour.
/// </summary>
internal sealed class TopicConsumer(ServiceBusSender sender) : IOutboxConsumer
{
    public const string ConsumerName = "service-bus";

    public string Name => ConsumerName;

    /// <summary>Whoever subscribes to the topic decides from when on it listens; nothing is kept from it by when this worker first came up.</summary>
    public bool FromTheBeginning => true;

    public bool Wants(OutboxEvent happened) => true;

    public async ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation)
    {
        var results = new DeliveryResult[records.Length];
        for (var next = 0; next < records.Length;)
        {
            var first = next;
            try
            {
                using var batch = await sender.CreateMessageBatchAsync(cancellation);
                while (next < records.Length && batch.TryAddMessage(EventMessage.Of(records[next].Event)))
                {
                    next++;
                }
                if (next == first)
                {
                    results[next++] = DeliveryResult.GiveUp("The event is larger than a message may be.");
                    continue;
                }
                await sender.SendMessagesAsync(batch, cancellation);
                Array.Fill(results, DeliveryResult.Delivered, first, next - first);
            }
            // One refused transfer is no reason to try the others one by one, as an exception to the pump would be: each would wait as long.
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                Postpone(records, results, first, Text(fault));
                break;
            }
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }

    /// <summary>From there on nothing was delivered; of each request the first waits for another try, and the others behind it.</summary>
    private static void Postpone(ImmutableArray<OutboxRecord> records, DeliveryResult[] results, int from, string error)
    {
        var waiting = new HashSet<(string Tenant, string Request)>();
        for (var i = from; i < records.Length; i++)
        {
            var happened = records[i].Event;
            results[i] = waiting.Add((happened.Tenant, happened.RequestId)) ? DeliveryResult.Retry(error) : DeliveryResult.Behind;
        }
    }

    /// <summary>The kind of the fault, not its text: that may name addresses inside the network.</summary>
    private static string Text(Exception fault) => fault is ServiceBusException { Reason: var reason }
        ? $"Service Bus: {reason}."
        : $"Service Bus: {fault.GetType().Name}.";
}
