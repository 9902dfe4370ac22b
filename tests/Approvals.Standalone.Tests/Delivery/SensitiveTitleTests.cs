using System.Collections.Concurrent;
using System.Net.Http;
using System.Text;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Tests.Api;
using Approvals.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Delivery;

/// <summary>A policy's title template may name fields that the policy masks: wherever the title goes, their values don't.</summary>
public sealed class SensitiveTitleTests : IAsyncLifetime
{
    private const string Account = "DE02120300000000202051";
    private const string Pin = "pin-7391";
    private const string Title = "Pay P-1 to •••, {\"name\":\"Nordwind\",\"pin\":\"•••\"}";

    private readonly Outgoing _outgoing = new();
    private Receiver _hook = null!;
    private Service _service = null!;
    private string _request = null!;

    public async Task InitializeAsync()
    {
        _hook = await Receiver.StartAsync();
        using var files = new Testing.TemporaryDirectory();
        var (webhooks, teams) = (Path.Combine(files.Path, "webhooks.json"), Path.Combine(files.Path, "teams.json"));
        await File.WriteAllTextAsync(webhooks, $$"""[{ "tenant": "acme", "url": "{{_hook.Url}}", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }]""");
        await File.WriteAllTextAsync(teams, """[{ "tenant": "acme", "url": "https://teams.test/hook" }]""");
        _service = await Service.StartAsync(
            ["--Approvals:Mail=smtp://127.0.0.1:1", $"--Approvals:Webhooks={webhooks}", $"--Approvals:Teams={teams}"],
            services => services.AddSingleton<IMailSender>(_outgoing).AddSingleton<ICardPoster>(_outgoing));
        _request = (await _service.As("rae").PostAsync("/gate", new
        {
            actionType = "masked.pay",
            subject = new { type = "payment", id = "P-1" },
            payload = new { number = "P-1", iban = Account, vendor = new { name = "Nordwind", pin = Pin } },
        })).Expect(202).RequestId;
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task Lists_and_pages_have_the_title_masked()
    {
        var lists = new[]
        {
            (await _service.As("rae").GetAsync("/requests")).Expect(200).Text,
            (await _service.As("mia").GetAsync("/inbox")).Expect(200).Text,
            await PageAsync("mia", "/inbox"),
            await PageAsync("rae", "/requests"),
        };

        Assert.All(lists, Masked);
        Assert.Equal(Title, Assert.Single((await _service.As("mia").GetAsync("/inbox")).Items).GetProperty("title").GetString());
        Assert.Equal(Title, (await _service.As("mia").GetAsync($"/requests/{_request}")).Expect(200)["title"].GetString());
    }

    [Fact]
    public async Task Cards_of_the_copilot_have_the_title_masked()
    {
        Masked((await _service.As("mia").PostAsync("/copilot/tools/list_my_inbox", new { })).Expect(200).Text);
        Masked((await _service.As("mia").PostAsync("/copilot/tools/summarize_request", new { requestId = _request })).Expect(200).Text);
    }

    [Fact]
    public async Task Mail_cards_in_Teams_events_and_the_feed_have_the_title_masked()
    {
        await Eventually.Async(() => Task.FromResult(_outgoing.Mails.Any(mail => mail.Text.Contains("P-1", StringComparison.Ordinal))));
        await Eventually.Async(() => Task.FromResult(!_outgoing.Cards.IsEmpty && !_hook.Calls.IsEmpty));
        await Eventually.Async(async () => (await _service.As("mia").GetAsync("/notifications")).Expect(200).Items.Length > 0);

        Assert.All(_outgoing.Mails, mail => Masked($"{mail.Subject}\n{mail.Text}\n{mail.Html}"));
        Assert.All(_outgoing.Cards, card => Masked(Encoding.UTF8.GetString(JsonText.Canonical(card))));
        Assert.All(_hook.Calls, call => Unseen(Encoding.UTF8.GetString(call.Body)));
        Assert.Contains(_hook.Calls, call => JsonText.Parse(call.Body).At("data.title")?.AsString() == Title);
        Masked((await _service.As("mia").GetAsync("/notifications")).Text);
    }

    [Fact]
    public async Task What_somebody_types_of_a_masked_value_is_masked_everywhere()
    {
        var request = (await _service.As("rae").PostAsync("/gate", new
        {
            actionType = "masked.pay",
            subject = new { type = "payment", id = "P-2" },
            payload = new { number = "P-2", iban = Account, vendor = new { name = "Nordwind", pin = Pin } },
            title = $"Pay P-1 to {Account}",
            description = $"The pin is {Pin}, the account DE02 1203 0000 0000 2020 51.",
        })).Expect(202).RequestId;
        (await _service.As("rae").PostAsync($"/requests/{request}/comments", new { comment = $"Again: {Account}" })).Expect(200);
        (await _service.As("mia").PostAsync($"/requests/{request}/decisions", new { decision = "requestChanges", comment = $"Not {Pin}" })).Expect(200);
        await Eventually.Async(() => Task.FromResult(_outgoing.Mails.Any(mail => mail.Text.Contains("Not •••", StringComparison.Ordinal))));
        await Eventually.Async(() => Task.FromResult(_hook.Calls.Any(call => Encoding.UTF8.GetString(call.Body).Contains("Not •••", StringComparison.Ordinal))));

        string[] shown =
        [
            (await _service.As("rae").GetAsync("/requests")).Expect(200).Text,
            (await _service.As("mia").GetAsync("/inbox")).Expect(200).Text,
            (await _service.As("rae").GetAsync("/notifications")).Expect(200).Text,
            (await _service.As("rae").GetAsync($"/requests/{request}/history")).Expect(200).Text,
            (await _service.As("mia").PostAsync("/copilot/tools/summarize_request", new { requestId = request })).Expect(200).Text,
            await PageAsync("mia", "/inbox"), await PageAsync("rae", "/requests"), await PageAsync("mia", $"/requests/{request}"),
            await PageAsync("mia", $"/requests/{request}/history"), await PageAsync("rae", "/notifications"),
            .. _outgoing.Mails.Select(mail => $"{mail.Subject}\n{mail.Text}\n{mail.Html}"),
            .. _outgoing.Cards.Select(card => Encoding.UTF8.GetString(JsonText.Canonical(card))),
            .. _hook.Calls.Select(call => Encoding.UTF8.GetString(call.Body)),
        ];
        Assert.All(shown, text =>
        {
            Unseen(text);
            Assert.DoesNotContain("1203 0000", text, StringComparison.Ordinal);
        });
    }

    private async Task<string> PageAsync(string person, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer dev.{World.Tenant}.{person}");
        using var response = await _service.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    /// <summary>It tells of the request, without what is masked.</summary>
    private static void Masked(string text)
    {
        Assert.Contains("Pay P-1 to •••", text, StringComparison.Ordinal);
        Unseen(text);
    }

    private static void Unseen(string text)
    {
        Assert.DoesNotContain(Account, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Pin, text, StringComparison.Ordinal);
    }

    private sealed class Outgoing : IMailSender, ICardPoster
    {
        public ConcurrentQueue<MailContent> Mails { get; } = [];

        public ConcurrentQueue<Value> Cards { get; } = [];

        public ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation)
        {
            Mails.Enqueue(content);
            return new(DeliveryResult.Delivered);
        }

        public ValueTask<DeliveryResult> PostAsync(Uri address, Value card, CancellationToken cancellation)
        {
            Cards.Enqueue(card);
            return new(DeliveryResult.Delivered);
        }
    }
}
