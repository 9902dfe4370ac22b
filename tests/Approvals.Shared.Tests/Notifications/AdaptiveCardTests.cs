using Approvals.Notifications;
using Approvals.Values;

namespace Approvals.Shared.Tests.Notifications;

public sealed class AdaptiveCardTests
{
    [Fact]
    public async Task A_card_links_to_the_request_masks_and_carries_no_markdown()
    {
        var office = new Office();
        await office.StartAsync("""{"iban":"DE02","note":"[click](https://evil.test)"}""", title: "[Buy](https://evil.test) a *desk*");
        var (tenant, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[0].Event, default);
        var envelope = AdaptiveCard.Of(messages[0], ["Ana"], tenant!, office.Links.RequestOf(messages[0]));

        Assert.Equal("message", envelope.At("type")?.AsString());
        var card = envelope.At("attachments.0.content")!.Value;
        Assert.Equal(("AdaptiveCard", "1.5"), (card.At("type")!.Value.AsString(), card.At("version")!.Value.AsString()));
        Assert.Equal("https://approvals.test/requests/r1", card.At("actions.0.url")?.AsString());
        Assert.Equal("Approval needed: (Buy)(https://evil.test) a ∗desk∗", card.At("body.0.text")?.AsString());
        Assert.Equal(card.At("body.0.text"), card.At("fallbackText"));
        var text = JsonText.ToText(card);
        Assert.DoesNotContain("DE02", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/a/", text, StringComparison.Ordinal);
        Assert.Contains("(click)", text, StringComparison.Ordinal);
    }
}
