using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>
/// Mails messages to everyone with an address who wants mail, retried through the outbox. What a person's digest or quiet hours hold back is
/// left to <see cref="HeldMail"/>. A mail that can't be delivered is in the trail.
/// </summary>
public sealed class MailConsumer(
    MessageReader reader,
    MessageLinks links,
    ChannelSettings channels,
    IPreferenceStore preferences,
    IMailSender mail,
    IRequestEngine engine,
    TimeProvider time) : IOutboxConsumer
{
    private const int Concurrency = 4;

    private readonly SentMessages _sent = new();

    public string Name => "mail";

    /// <summary>Mail set up later is not for what happened before.</summary>
    public bool FromTheBeginning => false;

    public bool Wants(OutboxEvent happened) => MessageReader.Concerns(happened);

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, (record, token) => SendAsync(record.Event, token), cancellation);

    public async ValueTask GaveUpAsync(OutboxEvent happened, string? error, CancellationToken cancellation)
    {
        var (_, messages) = await reader.ReadAsync(happened, cancellation);
        var missed = messages.Where(message => !_sent.Has(message.Id)).Select(message => message.Person).ToArray();
        await RecordAsync(happened, messages.FirstOrDefault()?.Request, error, missed, cancellation);
    }

    private async ValueTask<DeliveryResult> SendAsync(OutboxEvent happened, CancellationToken cancellation)
    {
        var (tenant, messages) = await reader.ReadAsync(happened, cancellation);
        var answer = DeliveryResult.Delivered;
        foreach (var message in messages)
        {
            if (_sent.Has(message.Id) || await ToAsync(message, tenant!, cancellation) is not { } person)
            {
                continue;
            }

            var result = await mail.SendAsync(message.Id, person.Email!, person.Name, MailContent.Of(message, tenant!, links), cancellation);
            if (result.Outcome == DeliveryOutcome.Retry)
            {
                answer = result;
                continue;
            }

            _sent.Add(message.Id);
            if (result.Outcome == DeliveryOutcome.GiveUp)
            {
                await RecordAsync(happened, message.Request, result.Error, [message.Person], cancellation);
            }
        }

        return answer;
    }

    /// <summary>Null: no mail, or not now.</summary>
    private async ValueTask<Directory.Person?> ToAsync(Message message, TenantSnapshot tenant, CancellationToken cancellation)
    {
        var person = tenant.Directory.Find(message.Person);
        var wanted = await preferences.FindAsync(message.Tenant, message.Person, cancellation);
        return channels.Mails(person, wanted) && (message.Urgent || !HeldMail.Holds(wanted, message.At, tenant.Settings.TimeZone)) ? person : null;
    }

    private ValueTask RecordAsync(OutboxEvent happened, StoredRequest? request, string? error, string[] people, CancellationToken cancellation)
    {
        var entry = NotifiedEntry.Of(
            happened, request, AuditOutcome.Failed, error, NotifiedEntry.ByMail(people), time.GetUtcNow(), NotifiedEntry.Missed(happened, people));
        return engine.RecordAsync([entry], cancellation);
    }
}
