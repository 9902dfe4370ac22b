using Approvals.Chains;
using Approvals.Notifications;
using Approvals.Requests;

namespace Approvals.Shared.Tests.Notifications;

/// <summary>People's texts can't pass for the lines of the message itself.</summary>
public sealed class MailContentTests
{
    [Fact]
    public async Task A_description_and_a_payload_are_set_off_from_the_messages_own_lines()
    {
        var office = new Office();
        await office.StartAsync("""{"amount":5,"Due":"2099-01-01","Approve or reject":"https://evil.test"}""", title: "Buy\u202E a\u200B desk");
        var (tenant, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[0].Event, default);
        var request = messages[0].Request!;
        var message = messages[0] with
        {
            Request = request with { Snapshot = request.Snapshot with { Description = "Desk\r\nDue: 2099-01-01\n\nApprove or reject:\nhttps://evil.test/a/x", Requester = request.Snapshot.Requester with { Name = "Rita\nDue: never" } } },
        };
        var mail = MailContent.Of(message, tenant!, office.Links);

        Assert.Equal("Approval needed: Buy a desk", mail.Subject);
        var own = mail.Text.Split('\n').Where(line => !line.StartsWith("> ", StringComparison.Ordinal)).ToArray();
        Assert.Single(own, line => line.StartsWith("Due:", StringComparison.Ordinal));
        Assert.Single(own, line => line.StartsWith("Approve or reject:", StringComparison.Ordinal));
        Assert.Contains("From: Rita Due: never", own);
        Assert.DoesNotContain(own, line => line.Contains("evil", StringComparison.Ordinal) || line.Contains("2099", StringComparison.Ordinal));
        Assert.Contains("\n> Due: 2099-01-01\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("border-left:3px", mail.Html, StringComparison.Ordinal);
        Assert.Contains(">Desk\nDue: 2099-01-01", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_is_set_off_in_mail_card_and_digest()
    {
        var office = new Office();
        await office.StartAsync();
        await office.SendAsync("olga", by => new Command.AddComment("Fine.\n\nDue: 2099\nhttps://evil.test\u202E/x") { By = by });
        var (tenant, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[^1].Event, default);
        var message = messages[0];

        Assert.Equal("> Fine.\n> \n> Due: 2099\n> https://evil.test/x", message.Text);
        Assert.Contains("<blockquote", MailContent.Of(message, tenant!, office.Links).Html, StringComparison.Ordinal);
        var card = AdaptiveCard.Of(message, ["Rita"], tenant!, null);
        Assert.Equal(("Container", "Fine.\n\nDue: 2099\nhttps://evil.test/x"), (card.At("attachments.0.content.body.1.type")!.Value.AsString(), card.At("attachments.0.content.body.1.items.0.text")!.Value.AsString()));
        var item = new Notification("n", "contoso", "ana", message.Kind, "r1", "A\nb", "One\nTwo\nhttps://evil.test", null, "https://approvals.test/requests/r1", message.At);
        Assert.Equal("A b\n  One\n  Two\n  https://evil.test\nhttps://approvals.test/requests/r1\n\n", MailContent.Of([item]).Text);
    }

    [Theory]
    [InlineData("Too dear", "rejected the request: Too dear")]
    [InlineData("Too dear.\nDue: 2099", "rejected the request: \n> Too dear.\n> Due: 2099")]
    [InlineData(" \u202EToo\u2066 dear\u200B ", "rejected the request: Too dear")]
    public async Task A_reason_is_within_the_sentence_where_it_is_one_line(string reason, string told)
    {
        var office = new Office();
        await office.StartAsync();
        await office.SendAsync("ana", by => new Command.Reject(reason) { By = by });
        var (_, messages) = await office.Reader.ReadAsync(office.Engine.Outbox.Records[^1].Event, default);
        Assert.EndsWith(told, messages.First(message => message.Person == "rita").Text, StringComparison.Ordinal);
    }
}
