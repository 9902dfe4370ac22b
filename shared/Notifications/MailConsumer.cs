using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Notifications;

/// <summary>
/// Mails messages to everyone with an address who wants mail, retried through the outbox. What a person's digest or quiet hours hold back, or
/// comes too fast, is left to <see cref="HeldMail"/>. A mail that can't be delivered is in the trail.
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
    private readonly MailBurst _burst = new();

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

            if (!message.Urgent && await IsPutTogetherAsync(message, cancellation))
            {
                _sent.Add(message.Id);
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

    /// <summary>True: it goes out with others, by <see cref="HeldMail"/>.</summary>
    private async ValueTask<bool> IsPutTogetherAsync(Message message, CancellationToken cancellation)
    {
        var isTooMany = _burst.IsTooMany(message);
        var begun = await preferences.BurstsAsync(message.Tenant, message.Person, cancellation);
        if (begun.Any(begin => MailBurst.Covers(begin, message.At)))
        {
            return true;
        }

        if (isTooMany)
        {
            await preferences.ChangeBurstsAsync(
                message.Tenant, message.Person, bursts => bursts.Any(begin => MailBurst.Covers(begin, message.At)) ? bursts : bursts.Add(message.At), cancellation);
        }

        return isTooMany;
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
