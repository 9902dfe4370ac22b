using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Delegations;
using Approvals.Inbox;

namespace Approvals.Conformance;

/// <summary>What waits for whom.</summary>
public abstract class InboxConformance : ConformanceTest
{
    [Fact]
    public async Task Inbox_showsWhatWaits_andNoLonger()
    {
        await StartAsync(Office.Request("r1", Now));
        Assert.Equal(["r1"], await IdsAsync(Of("ana")));
        Assert.Empty(await IdsAsync(Of("cleo")));

        await SendAsync("r1", Office.Approve("ana"));
        Assert.Empty(await IdsAsync(Of("ana")));
        Assert.Equal(["r1"], await IdsAsync(Of("cleo")));

        await SendAsync("r1", Office.Reject("cleo"));
        Assert.Empty(await IdsAsync(Of("cleo")));
    }

    [Fact]
    public async Task Inbox_isKeptByHolders_notByWhomTheyWereRoutedTo()
    {
        await LendAsync("ana", "dan");
        await StartAsync(Office.Request("r1", Now));
        Assert.Equal("dan", (await On.Requests.FindAsync(Office.Tenant, "r1", None))!.State.Levels[0].Groups[0].Approvers[0].RoutedTo);

        Assert.Equal(["r1"], await IdsAsync(Of("ana")));
        Assert.Empty(await IdsAsync(Of("dan")));
        Assert.Equal(["r1"], await IdsAsync(Of("dan", new InboxAuthority("ana", ["*"]))));
    }

    /// <summary>A human counts once in a group: dan, who answered in his own place, may not answer for ana there, and is not asked to.</summary>
    [Fact]
    public async Task Inbox_whoAnsweredInTheirOwnPlace_seesTheDelegatorsNoMore()
    {
        var all = new LevelDefinition
        {
            Name = "M",
            Groups = [new GroupDefinition { Approvers = ["user:ana", "user:dan", "user:cleo"], Strategy = Strategy.All }],
        };
        await StartAsync(Office.Request("r1", Now, levels: [all]));
        InboxAuthority ana = new("ana", ["*"]);
        Assert.Equal(["r1"], await IdsAsync(Of("dan", ana)));

        await LendAsync("ana", "dan");
        await LendAsync("ana", "eve");
        await SendAsync("r1", Office.Approve("dan") with { ActsFor = ["ana"] });
        await On.SettledAsync();
        Assert.Empty(await IdsAsync(Of("dan", ana)));
        Assert.Empty(await IdsAsync(Of("dan", ana) with { Sort = InboxSort.Newest, Search = "desk" }));
        Assert.Equal(0, (await On.Requests.CountInboxAsync(Of("dan", ana), None)).Count);
        Assert.Equal(0, (await On.Requests.CountInboxAsync(Of("dan", new InboxAuthority("ana", ["purchasing.*"])), None)).Count);
        Assert.Equal(["r1"], await IdsAsync(Of("ana")));
        Assert.Equal(["r1"], await IdsAsync(Of("eve", ana)));
        Assert.Equal(1, (await On.Requests.CountInboxAsync(Of("eve", ana), None)).Count);

        await SendAsync("r1", Office.Approve("eve") with { ActsFor = ["ana"] });
        Assert.Empty(await IdsAsync(Of("eve", new InboxAuthority("cleo", ["*"]))));
        Assert.Equal(["r1"], await IdsAsync(Of("cleo")));
    }

    [Fact]
    public async Task Inbox_sorts_byDueOrNewest()
    {
        await StartAsync(Office.Request("late", Now, levels: [Office.Level("M", "ana") with { RespondWithin = TimeSpan.FromHours(9) }]));
        await StartAsync(Office.Request("soon", Now, levels: [Office.Level("M", "ana") with { RespondWithin = TimeSpan.FromHours(1) }]));
        await StartAsync(Office.Request("middle", Now, levels: [Office.Level("M", "ana") with { RespondWithin = TimeSpan.FromHours(5) }]));

        Assert.Equal(["soon", "middle", "late"], await IdsAsync(Of("ana")));
        Assert.Equal(["middle", "soon", "late"], await IdsAsync(Of("ana") with { Sort = InboxSort.Newest }));
    }

    [Fact]
    public async Task Inbox_filters()
    {
        // It is Monday, 10:00 in Berlin.
        await StartAsync(Office.Request("today", Now, levels: [Office.Level("M", "ana") with { RespondWithin = TimeSpan.FromHours(13) }]));
        await StartAsync(Office.Request("tomorrow", Now, levels: [Office.Level("M", "ana") with { RespondWithin = TimeSpan.FromHours(15) }]));
        await StartAsync(Office.Request("typed", Now, type: "budget_override", title: "More MONEY", levels: [Office.Level("M", "ana")]));
        await StartAsync(Office.Request("other", Now, requester: "dan", levels: [Office.Level("M", "ana")]));

        Assert.Equal(["today"], await IdsAsync(Of("ana") with { Filter = InboxFilter.DueToday }));
        Assert.Equal(["typed"], await IdsAsync(Of("ana") with { RequestType = "budget_override" }));
        Assert.Equal(["typed"], await IdsAsync(Of("ana") with { Search = "money" }));
        Assert.Equal(["today", "tomorrow", "typed"], await IdsAsync(Of("ana") with { ExceptRequestedBy = "dan" }));
        Assert.Empty(await IdsAsync(Of("ana") with { Filter = InboxFilter.Overdue }));
        Assert.Equal(["today"], await IdsAsync(Of("ana") with { Filter = InboxFilter.Overdue, Now = Now.AddHours(14) }));
        Assert.Empty(await IdsAsync(Of("ana") with { Filter = InboxFilter.OnBehalf }));
    }

    [Fact]
    public async Task Inbox_authorities_areMergedOnce()
    {
        await StartAsync(Office.Request("both", Now, levels: [Office.Level("M", "ana", "cleo")]));
        await StartAsync(Office.Request("mine", Now, levels: [Office.Level("M", "ana")]));
        await StartAsync(Office.Request("lent", Now, levels: [Office.Level("M", "cleo")]));
        await StartAsync(Office.Request("kept", Now, type: "hire_agent", levels: [Office.Level("M", "cleo")]));
        var acting = Of("ana", new InboxAuthority("cleo", ["purchasing.action"]));

        Assert.Equal(["both", "mine", "lent"], await IdsAsync(acting));
        Assert.Equal(["lent", "mine", "both"], await IdsAsync(acting with { Sort = InboxSort.Newest }));
        Assert.Equal(["both", "lent"], await IdsAsync(acting with { Filter = InboxFilter.OnBehalf }));
        Assert.Equal(["both", "mine", "lent", "kept"], await IdsAsync(Of("ana", new InboxAuthority("cleo", ["purchasing.*"]))));
    }

    [Fact]
    public async Task Count_agreesWithTheList()
    {
        for (var i = 0; i < 12; i++)
        {
            string[] people = i % 3 == 0 ? ["cleo"] : i % 3 == 1 ? ["ana"] : ["ana", "cleo"];
            var level = Office.Level("M", people) with { RespondWithin = TimeSpan.FromHours(i + 1) };
            await StartAsync(Office.Request($"r{i}", Now, requester: i == 1 ? "dan" : "rita", title: $"Order {i}", levels: [level]));
        }

        await On.SettledAsync();
        var later = Now.AddHours(6.5);
        InboxQuery[] queries =
        [
            Of("ana") with { Now = later },
            Of("ana") with { Now = later, ExceptRequestedBy = "dan" },
            Of("ana") with { Now = later, Filter = InboxFilter.Overdue },
            Of("ana") with { Now = later, Filter = InboxFilter.DueToday },
            Of("ana") with { Now = later, Search = "ORDER 1" },
            Of("ana", new InboxAuthority("cleo", ["*"])) with { Now = later },
            Of("ana", new InboxAuthority("cleo", ["*"])) with { Now = later, Filter = InboxFilter.OnBehalf },
            Of("nobody"),
        ];
        foreach (var query in queries)
        {
            var listed = await AllAsync(page => On.Requests.InboxAsync(query, page, None), 200);
            var count = await On.Requests.CountInboxAsync(query, None);
            Assert.Equal(new InboxCount(listed.Count, listed.Count(request => request.DueAt < query.Now)), count);
        }
    }

    [Fact]
    public async Task Inbox_pages_whileOthersDecide()
    {
        for (var i = 0; i < 30; i++)
        {
            await StartAsync(Office.Request($"r{i:00}", Now, levels: [Office.Level("M", i % 2 == 0 ? "ana" : "cleo")]));
        }

        await On.SettledAsync();
        var query = Of("ana", new InboxAuthority("cleo", ["*"]));
        var first = await On.Requests.InboxAsync(query, new PageRequest(10), None);
        await SendAsync("r00", Office.Approve("ana"));
        await SendAsync("r15", Office.Approve("cleo"));
        await On.SettledAsync();
        var rest = await AllAsync(page => On.Requests.InboxAsync(query, page with { Cursor = page.Cursor ?? first.NextCursor }, None), 10);

        Assert.Equal(Enumerable.Range(0, 30).Where(i => i != 15).Select(i => $"r{i:00}"), first.Items.Concat(rest).Select(request => request.Id));
    }

    [Fact]
    public async Task Inbox_otherTenant_isAnother()
    {
        await StartAsync(Office.Request("r1", Now, Office.Neighbour));

        Assert.Empty(await IdsAsync(Of("ana")));
        Assert.Equal(["r1"], await IdsAsync(Of("ana") with { Tenant = Office.Neighbour }));
    }

    private InboxQuery Of(string person, params ImmutableArray<InboxAuthority> more) => new()
    {
        Tenant = Office.Tenant,
        Authorities = [new InboxAuthority(person, ["*"]), .. more],
        Now = Now,
    };

    private async Task LendAsync(string from, string to) => await On.Delegations.SaveAsync(
        Office.Tenant,
        new Delegation { Id = $"{from}-{to}", Delegator = from, Delegate = to, From = Now, Until = Now.AddDays(1), CreatedAt = Now, CreatedBy = from },
        [],
        [],
        None);

    private async Task<List<string>> IdsAsync(InboxQuery query)
    {
        await On.SettledAsync();
        return [.. (await AllAsync(page => On.Requests.InboxAsync(query, page, None), 2)).Select(request => request.Id)];
    }
}
