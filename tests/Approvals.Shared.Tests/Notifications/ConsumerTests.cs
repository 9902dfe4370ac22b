using Approvals.Chains;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Shared.Tests.Notifications;

public sealed class ConsumerTests
{
    [Fact]
    public async Task The_feed_has_each_message_once_with_a_link_and_the_trail_says_who_was_told()
    {
        var office = new Office();
        await office.StartAsync();
        await office.DeliverAsync(office.FeedConsumer());
        await office.DeliverAsync(office.FeedConsumer());

        Assert.Equal(["ana", "wim"], office.Feed.Items.Select(item => item.Person));
        Assert.StartsWith("https://approvals.test/a/", office.Feed.Items[0].Link, StringComparison.Ordinal);
        Assert.Equal("https://approvals.test/requests/r1", office.Feed.Items[1].Link);
        Assert.Equal(office.Time.GetUtcNow().AddHours(48), office.Feed.Items[0].DueAt);
        var entry = Assert.Single(office.Engine.Trail, entry => entry.Action == "notified");
        Assert.Equal("r1", entry.RequestId);
        Assert.Equal(
            """[{"channels":["in-app","email"],"person":"ana"},{"channels":["in-app","email"],"person":"wim"}]""",
            entry.Details.At("recipients")?.ToString());
    }

    [Fact]
    public async Task Mail_goes_to_those_who_want_it_masked_and_safe()
    {
        var office = new Office();
        await office.Preferences.SaveAsync("contoso", "wim", new NotificationPreferences { Email = false }, default, default);
        await office.StartAsync("""{"note":"<script>alert(1)</script>","iban":"DE02"}""", title: "Buy\r\nBcc: all@contoso.test <b>");
        await office.DeliverAsync(office.MailConsumer());

        var (id, address, content) = Assert.Single(office.Mail.Sent);
        Assert.Equal(("r1-1-0.ana", "ana@contoso.test"), (id, address));
        Assert.Equal("Approval needed: Buy Bcc: all@contoso.test <b>", content.Subject);
        Assert.Contains("IBAN: •••", content.Text, StringComparison.Ordinal);
        Assert.Contains("https://approvals.test/requests/r1", content.Text, StringComparison.Ordinal);
        Assert.Contains("https://approvals.test/a/", content.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("DE02", content.Html + content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_writes_only_to_whom_it_failed()
    {
        var office = new Office();
        await office.StartAsync();
        var mail = office.MailConsumer();
        office.Mail.Answers["wim@contoso.test"] = DeliveryResult.Retry("421");
        Assert.Equal(DeliveryOutcome.Retry, (await office.DeliverAsync(mail)).Outcome);
        office.Mail.Answers.Clear();
        Assert.Equal(DeliveryOutcome.Delivered, (await office.DeliverAsync(mail)).Outcome);
        Assert.Equal(["ana@contoso.test", "wim@contoso.test"], office.Mail.Sent.Select(sent => sent.Address));
    }

    [Fact]
    public async Task A_mailbox_that_is_none_is_in_the_trail_and_holds_up_nobody()
    {
        var office = new Office();
        await office.StartAsync();
        office.Mail.Answers["ana@contoso.test"] = DeliveryResult.GiveUp("550");
        Assert.Equal(DeliveryOutcome.Delivered, (await office.DeliverAsync(office.MailConsumer())).Outcome);
        var entry = Assert.Single(office.Engine.Trail, entry => entry.Action == "notified");
        Assert.Equal(("failed", "550", "ana"), (entry.Outcome, entry.Reason, entry.Details.At("recipients.0.person")?.AsString()));
    }

    [Fact]
    public async Task A_digest_holds_mail_back_and_sends_it_in_one()
    {
        var office = new Office();
        await office.Preferences.SaveAsync("contoso", "ana", new NotificationPreferences { DigestAt = new TimeOnly(17, 0) }, office.Time.GetUtcNow(), default);
        await office.Preferences.SaveAsync("contoso", "wim", new NotificationPreferences { Email = false }, office.Time.GetUtcNow(), default);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await office.StartAsync();
        await office.SendAsync("olga", by => new Command.AddComment("Which one?") { By = by });
        await office.DeliverAsync(office.FeedConsumer());
        await office.DeliverAsync(office.MailConsumer());
        Assert.DoesNotContain(office.Mail.Sent, sent => sent.Address == "ana@contoso.test");

        var held = new HeldMail(office.Engine, office.Preferences, office.Feed, office.Mail, office.Channels, office.Engine);
        await held.RunAsync(At(17, 0), default);
        Assert.DoesNotContain(office.Mail.Sent, sent => sent.Address == "ana@contoso.test");
        await held.RunAsync(At(17, 1), default);
        await held.RunAsync(At(17, 2), default);
        var (_, _, content) = Assert.Single(office.Mail.Sent, sent => sent.Address == "ana@contoso.test");
        Assert.Equal("2 messages from Approvals", content.Subject);
        Assert.True(content.Text.IndexOf("Approval needed", StringComparison.Ordinal) < content.Text.IndexOf("commented", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_three_mails_within_a_minute_become_one()
    {
        var office = new Office();
        var consumer = office.MailConsumer();
        async Task CommentAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                office.Time.Advance(TimeSpan.FromSeconds(1));
                await office.SendAsync("olga", by => new Command.AddComment($"Again {i}") { By = by });
            }

            await office.DeliverAsync(office.FeedConsumer());
            await office.DeliverAsync(consumer);
        }

        List<MailContent> Mails() => [.. office.Mail.Sent.Where(sent => sent.Address == "ana@contoso.test").Select(sent => sent.Content)];
        await office.StartAsync();
        await CommentAsync(30);
        Assert.Equal(3, Mails().Count);

        // The mail comes once the minute is over and the feed has all of it, and once.
        var held = new HeldMail(office.Engine, office.Preferences, office.Feed, office.Mail, office.Channels, office.Engine);
        await held.RunAsync(office.Time.GetUtcNow(), default);
        Assert.Equal(3, Mails().Count);
        office.Time.Advance(TimeSpan.FromMinutes(2));
        await held.RunAsync(office.Time.GetUtcNow(), default);
        await held.RunAsync(office.Time.GetUtcNow(), default);
        Assert.Equal(4, Mails().Count);
        Assert.Equal("28 messages from Approvals", Mails()[^1].Subject);

        // Who gets few of them gets each.
        await CommentAsync(2);
        Assert.Equal(6, Mails().Count);
    }

    [Fact]
    public async Task A_digest_that_no_mailbox_takes_is_in_the_trail_and_not_tried_again()
    {
        var office = new Office();
        await office.Preferences.SaveAsync("contoso", "ana", new NotificationPreferences { DigestAt = new TimeOnly(17, 0) }, office.Time.GetUtcNow(), default);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await office.StartAsync();
        await office.DeliverAsync(office.FeedConsumer());
        var held = new HeldMail(office.Engine, office.Preferences, office.Feed, office.Mail, office.Channels, office.Engine);

        office.Mail.Answers["ana@contoso.test"] = DeliveryResult.Retry("450");
        await held.RunAsync(At(17, 1), default);
        Assert.DoesNotContain(office.Engine.Trail, entry => entry is { Action: "notified", Outcome: "failed" });
        office.Mail.Answers["ana@contoso.test"] = DeliveryResult.GiveUp("550");
        await held.RunAsync(At(17, 2), default);
        await held.RunAsync(At(17, 3), default);
        var entry = Assert.Single(office.Engine.Trail, entry => entry is { Action: "notified", Outcome: "failed" });
        Assert.Equal(("550", "ana", At(17, 2)), (entry.Reason, entry.Details.At("recipients.0.person")?.AsString(), entry.At));
    }

    [Fact]
    public async Task Quiet_hours_hold_back_until_they_are_over_and_let_the_urgent_pass()
    {
        var office = new Office();
        var quiet = new NotificationPreferences { QuietFrom = new TimeOnly(22, 0), QuietUntil = new TimeOnly(7, 0) };
        await office.Preferences.SaveAsync("contoso", "ana", quiet, office.Time.GetUtcNow(), default);
        await office.Preferences.SaveAsync("contoso", "cleo", quiet, office.Time.GetUtcNow(), default);
        office.Time.Advance(At(23, 0) - office.Time.GetUtcNow());
        await office.StartAsync();
        office.Time.Advance(TimeSpan.FromHours(48));
        await office.SendAsync("system", by => new Command.TimeOut(new LevelResolution { Level = 1, EscalationTargets = [new Candidate("cleo")] }) { By = by });
        await office.DeliverAsync(office.FeedConsumer());
        await office.DeliverAsync(office.MailConsumer());
        Assert.DoesNotContain(office.Mail.Sent, sent => sent.Address == "ana@contoso.test");
        Assert.Contains(office.Mail.Sent, sent => sent.Address == "cleo@contoso.test");

        var held = new HeldMail(office.Engine, office.Preferences, office.Feed, office.Mail, office.Channels, office.Engine);
        await held.RunAsync(At(7, 1).AddDays(1), default);
        Assert.Contains(office.Mail.Sent, sent => sent.Address == "ana@contoso.test");
    }

    [Theory]
    [InlineData("""{}""", """{"email":true,"teams":true,"digestAt":null,"quietHours":null}""")]
    [InlineData("""{"email":false,"digestAt":"08:00","quietHours":"22:00-07:00"}""", """{"email":false,"teams":true,"digestAt":"08:00","quietHours":"22:00-07:00"}""")]
    [InlineData("""{"email":"no"}""", null)]
    [InlineData("""{"digestAt":"8"}""", null)]
    [InlineData("""{"quietHours":"22:00"}""", null)]
    [InlineData("""{"quietHours":"22:00-22:00"}""", null)]
    public void Preferences_are_read_strictly(string json, string? expected)
    {
        var read = NotificationPreferences.Read(JsonText.Parse(json), out var error);
        Assert.Equal(expected, read?.ToValue().ToString());
        Assert.Equal(expected is null, error is not null);
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);
}
