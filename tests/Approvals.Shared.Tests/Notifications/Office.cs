using System.Security.Cryptography;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Links;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Testing;

namespace Approvals.Shared.Tests.Notifications;

/// <summary>A tenant with an engine, a feed and mail, and the commands that tests need.</summary>
internal sealed class Office
{
    private int _commands;

    public Office(params Delegation[] delegations)
    {
        Engine = new MemoryEngine(Time, Contoso.Tenant(delegations));
        Channels = new ChannelSettings { Mail = true };
        Links = new MessageLinks(new LinkIssuer(new LinkTokens(new FixedKeys(SHA256.HashData("link"u8)))), new PublicAddress(() => "https://approvals.test/"));
        Reader = new MessageReader(Engine, Engine, Feed);
    }

    public ManualTime Time { get; } = new();
    public MemoryEngine Engine { get; }
    public MemoryFeed Feed { get; } = new();
    public MemoryMail Mail { get; } = new();
    public MemoryPreferences Preferences { get; } = new();
    public ChannelSettings Channels { get; }
    public MessageLinks Links { get; }
    public MessageReader Reader { get; }

    public FeedConsumer FeedConsumer() => new(Reader, Links, Channels, Preferences, Feed, Engine, Time);

    public MailConsumer MailConsumer() => new(Reader, Links, Channels, Preferences, Mail, Engine, Time);

    public async Task StartAsync(string payload = """{"amount":5,"iban":"DE02"}""", string title = "Buy a desk", string id = "r1", params Chains.Levels.LevelDefinition[] levels) =>
        await Engine.StartAsync(Contoso.Request(id, Time.GetUtcNow(), "action", payload, title, levels), default);

    public async Task<Receipt> SendAsync(string person, Func<Actor, Command> command)
    {
        var by = person == "system" ? Actor.System : Engine.Caller(person).Actor;
        var actsFor = person == "system"
            ? []
            : Delegations.Authority.ActsFor(Engine.Tenant, person, "purchasing.order", Time.GetUtcNow());
        var result = await Engine.SendAsync(
            new CommandEnvelope { Tenant = "contoso", RequestId = "r1", CommandId = $"c{++_commands}", Command = command(by) with { ActsFor = actsFor } }, default);
        return result.Receipt!;
    }

    /// <summary>Messages of what happened since the last call: <c>person: title</c>, and <c>?</c> behind whom is asked.</summary>
    public async Task<string[]> MessagesAsync(int skip = 0)
    {
        var told = new List<string>();
        foreach (var record in Engine.Outbox.Records.Skip(skip))
        {
            var (_, messages) = await Reader.ReadAsync(record.Event, default);
            told.AddRange(messages.Select(message => $"{message.Person}{(message.AskedAt is null ? "" : "?")}: {message.Title}"));
        }

        return [.. told];
    }

    public async Task<DeliveryResult> DeliverAsync(IOutboxConsumer consumer)
    {
        var results = await consumer.DeliverAsync([.. Engine.Outbox.Records.Where(record => consumer.Wants(record.Event))], default);
        return results.FirstOrDefault(result => result.Outcome != DeliveryOutcome.Delivered, DeliveryResult.Delivered);
    }
}
