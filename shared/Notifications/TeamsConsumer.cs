using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>Posts one card an event to the tenant's Teams channel: for those who are asked, else for those who are told.</summary>
public sealed class TeamsConsumer(
    MessageReader reader, MessageLinks links, ChannelSettings channels, IPreferenceStore preferences, ICardPoster poster) : IOutboxConsumer
{
    private const int Concurrency = 2;

    public string Name => "teams";

    public bool FromTheBeginning => false;

    public bool Wants(OutboxEvent happened) => channels.Teams.ContainsKey(happened.Tenant) && MessageReader.Concerns(happened);

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, (record, token) => PostAsync(record.Event, token), cancellation);

    private async ValueTask<DeliveryResult> PostAsync(OutboxEvent happened, CancellationToken cancellation)
    {
        var (tenant, messages) = await reader.ReadAsync(happened, cancellation);
        var wanting = new List<(Message Message, Person Person)>();
        foreach (var message in messages)
        {
            var person = tenant!.Directory.Find(message.Person);
            if (person is not null && channels.Posts(happened.Tenant, person, await preferences.FindAsync(happened.Tenant, person.Id, cancellation)))
            {
                wanting.Add((message, person));
            }
        }

        if (wanting.Count == 0)
        {
            return DeliveryResult.Delivered;
        }

        var first = wanting.FirstOrDefault(pair => pair.Message.AskedAt is not null, wanting[0]).Message;
        var people = wanting.Where(pair => pair.Message.AskedAt is null == first.AskedAt is null).Select(pair => pair.Person.Name).ToArray();
        return await poster.PostAsync(channels.Teams[happened.Tenant], AdaptiveCard.Of(first, people, tenant!, links.RequestOf(first)), cancellation);
    }
}
