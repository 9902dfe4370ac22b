using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>
/// Writes the in-app feed and says in the trail who is told by which channels: a batch of events in one write each.
/// </summary>
public sealed class FeedConsumer(
    MessageReader reader,
    MessageLinks links,
    ChannelSettings channels,
    IPreferenceStore preferences,
    INotificationStore feed,
    IRequestEngine engine,
    TimeProvider time) : IOutboxConsumer
{
    public string Name => "notifications";

    public bool FromTheBeginning => true;

    /// <summary>Short enough that nobody waits for it.</summary>
    public TimeSpan Gather => TimeSpan.FromMilliseconds(50);

    public bool Wants(OutboxEvent happened) => MessageReader.Concerns(happened);

    public async ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation)
    {
        var notifications = ImmutableArray.CreateBuilder<Notification>();
        var entries = ImmutableArray.CreateBuilder<AuditDraft>();
        foreach (var (_, happened) in records)
        {
            var (tenant, messages) = await reader.ReadAsync(happened, cancellation);
            if (tenant is not null && !messages.IsEmpty)
            {
                notifications.AddRange(messages.Select(Notification));
                entries.Add(await EntryAsync(happened, tenant, messages, cancellation));
            }
        }

        if (notifications.Count > 0)
        {
            // The feed first: its ids make a repeat harmless, and the trail must not tell of what was never written.
            await feed.AddAsync(notifications.DrainToImmutable(), cancellation);
            await engine.RecordAsync(entries.DrainToImmutable(), cancellation);
        }

        return [.. Enumerable.Repeat(DeliveryResult.Delivered, records.Length)];
    }

    private Notification Notification(Message message) => new(
        message.Id,
        message.Tenant,
        message.Person,
        message.Kind,
        message.Request?.State.Id,
        message.Title,
        message.PersonalText,
        message.DueAt,
        links.AnswerOf(message) ?? links.RequestOf(message),
        message.At);

    private async ValueTask<AuditDraft> EntryAsync(
        OutboxEvent happened, TenantSnapshot tenant, ImmutableArray<Message> messages, CancellationToken cancellation)
    {
        var told = new Value[messages.Length];
        for (var i = 0; i < told.Length; i++)
        {
            var person = messages[i].Person;
            var wanted = await preferences.FindAsync(happened.Tenant, person, cancellation);
            var by = channels.Of(happened.Tenant, tenant.Directory.Find(person), wanted);
            told[i] = Value.Map(("channels", Value.List(by.Select(Value.From).ToArray())), ("person", Value.From(person)));
        }

        return NotifiedEntry.Of(happened, messages[0].Request, AuditOutcome.Ok, null, Value.List(told), time.GetUtcNow(), NotifiedEntry.Told(happened));
    }
}
