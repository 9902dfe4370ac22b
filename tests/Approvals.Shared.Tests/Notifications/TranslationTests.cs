using System.Text.RegularExpressions;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Copilot.Risks;
using Approvals.Directory;
using Approvals.Notifications;
using Approvals.Shared.Tests.Translation;
using Approvals.Testing;
using Approvals.Tests.Copilot;

namespace Approvals.Shared.Tests.Notifications;

/// <summary>What is sent, in the made-up language.</summary>
public sealed partial class TranslationTests
{
    /// <summary>Names, titles and comments of the stories below, and parts of addresses and marks.</summary>
    private static readonly HashSet<string> FromPeople = new(
        ["Ana", "Buy", "Cleo", "Dan", "Manager", "Finance", "Olga", "Rita", "UTC", "Wim", "a", "Amount", "dear", "desk", "iban", "Too", "why", "Lines"],
        StringComparer.Ordinal);

    private static readonly (string Person, Func<Actor, Command> Command)[] Endings =
    [
        ("ana", by => new Command.Approve { By = by }),
        ("ana", by => new Command.Reject("Too dear") { By = by }),
        ("ana", by => new Command.RequestChanges("why") { By = by }),
        ("ana", by => new Command.AddComment("why") { By = by }),
        ("rita", by => new Command.Withdraw(null) { By = by }),
        ("system", by => new Command.ReportOverdue { By = by }),
    ];

    [Fact]
    public async Task Messages_mails_and_cards_are_translated()
    {
        var told = await InMadeUpAsync(async () =>
        {
            var texts = new List<string>();
            foreach (var end in Endings)
            {
                var office = new Office(Contoso.AnaToDan);
                await office.StartAsync("""{"amount":5,"lines":[1,2]}""");
                await office.SendAsync(end.Person, end.Command);
                foreach (var record in office.Engine.Outbox.Records)
                {
                    var (tenant, messages) = await office.Reader.ReadAsync(record.Event, default);
                    foreach (var message in messages)
                    {
                        var mail = MailContent.Of(message with { Introduction = Texts.MessageIntroduction }, tenant!, office.Links);
                        texts.Add($"{mail.Subject}\n{Address().Replace(mail.Text, "")}");
                        texts.AddRange(Shown().Matches(AdaptiveCard.Of(message, ["Ana"], tenant!, "https://x").ToString()).Select(match => match.Groups[1].Value));
                    }
                }
            }

            return texts;
        });
        Assert.True(told.Count > 50);
        Assert.Empty(told.SelectMany(text => Latin().Matches(text.Replace("For the new office", "", StringComparison.Ordinal))).Select(match => match.Value).Where(word => !FromPeople.Contains(word)).Distinct());
    }

    [Fact]
    public async Task Refusals_are_translated()
    {
        var detail = await InMadeUpAsync(async () =>
        {
            var office = new Office();
            await office.StartAsync();
            return (await office.SendAsync("rita", by => new Command.Approve { By = by })).Refusal!.Detail;
        });
        Assert.DoesNotMatch(Latin(), detail);
    }

    [Fact]
    public async Task The_services_own_reasons_are_kept_in_one_language_and_shown_in_another()
    {
        var person = new Person { Id = "ana", Name = "Ana" };
        var (kept, shown) = await InMadeUpAsync(() =>
        {
            var reason = SeedEntry.Of("contoso", null, person, default).Reason!;
            return Task.FromResult((reason, ServiceReasons.Shown(reason)));
        });
        Assert.Equal("From the directory file, at the start.", kept);
        Assert.DoesNotMatch(Latin(), shown);
    }

    [Fact]
    public async Task Weekdays_go_with_the_language()
    {
        var late = Period.Empty with { Decisions = [Period.Entry(AuditAction.Approved, new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero))] };
        var card = await InMadeUpAsync(() => Task.FromResult(Assert.Single(RiskScan.Run(late), card => card.Title == Texts.RiskAfterHours)));
        Assert.Contains(MadeUp.Numbers.DateTimeFormat.GetAbbreviatedDayName(DayOfWeek.Saturday), Assert.Single(card.Why), StringComparison.Ordinal);
    }

    private static async Task<T> InMadeUpAsync<T>(Func<Task<T>> tell) => (await MadeUp.SpeakAsync(tell)).Told;

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Latin();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex("\"(?:text|title|value|fallbackText)\":\"([^\"]*)\"")]
    private static partial Regex Shown();
}
