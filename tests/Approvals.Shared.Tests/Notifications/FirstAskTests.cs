using Approvals.Notifications;

namespace Approvals.Shared.Tests.Notifications;

public sealed class FirstAskTests
{
    private const string Introduction = "This is your first request here";

    [Fact]
    public async Task Who_is_asked_for_the_first_time_is_told_what_this_is_by_feed_and_mail()
    {
        var office = new Office();
        await office.StartAsync();
        await office.DeliverAsync(office.FeedConsumer());
        await office.DeliverAsync(office.MailConsumer());

        Assert.Contains(Introduction, office.Feed.Items.Single(item => item.Person == "ana").Text, StringComparison.Ordinal);
        Assert.Contains(Introduction, office.Mail.Sent.Single(sent => sent.Address == "ana@contoso.test").Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_only_told_and_who_was_asked_before_are_not_introduced()
    {
        var office = new Office();
        await office.Feed.AddAsync([Asked(office, "ana")], default);
        await office.StartAsync();
        await office.DeliverAsync(office.FeedConsumer());

        var told = office.Feed.Items.Where(item => item.RequestId == "r1").ToArray();
        Assert.Equal(["ana", "wim"], told.Select(item => item.Person));
        Assert.All(told, item => Assert.DoesNotContain(Introduction, item.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_first_requests_at_once_introduce_once_and_every_channel_and_repeat_agree()
    {
        var office = new Office();
        await office.StartAsync();
        await office.StartAsync(id: "r2");
        await office.DeliverAsync(office.MailConsumer());
        await office.DeliverAsync(office.FeedConsumer());
        await office.DeliverAsync(office.FeedConsumer());

        var item = Assert.Single(office.Feed.Items, item => item.Person == "ana" && item.Text.Contains(Introduction, StringComparison.Ordinal));
        var mail = Assert.Single(office.Mail.Sent, sent => sent.Address == "ana@contoso.test" && sent.Content.Text.Contains(Introduction, StringComparison.Ordinal));
        Assert.Equal(item.Id, mail.Id);
    }

    [Fact]
    public async Task Another_process_that_reads_the_same_introduces_the_same()
    {
        var office = new Office();
        await office.StartAsync();
        await office.StartAsync(id: "r2");
        var other = new MessageReader(office.Engine, office.Engine, office.Feed);
        foreach (var reader in (MessageReader[])[office.Reader, other])
        {
            var introduced = new List<string?>();
            foreach (var record in office.Engine.Outbox.Records)
            {
                var (_, messages) = await reader.ReadAsync(record.Event, default);
                introduced.AddRange(messages.Where(message => message.Introduction is not null).Select(message => message.Request?.State.Id));
            }

            Assert.Equal(["r1"], introduced);
        }
    }

    private static Notification Asked(Office office, string person)
    {
        var before = office.Time.GetUtcNow().AddDays(-1);
        return new("earlier", "contoso", person, "approval.requested", "r0", "Approval needed: A chair", "", before.AddHours(48), null, before);
    }
}
