using System.Text.Json;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.Levels;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Conformance;

/// <summary>Policies, delegations and people: each write commits with its entries and events, and shows in the next snapshot.</summary>
public abstract class GovernanceConformance : ConformanceTest
{
    [Fact]
    public async Task Draft_isNumberedAndNotActive()
    {
        var first = await DraftAsync("a.b");
        var second = await DraftAsync("a.b");
        var other = await DraftAsync("a.c");

        Assert.Equal((1, 2, 1), (first.Version, second.Version, other.Version));
        Assert.Equal([("a.b", 2), ("a.b", 1), ("a.c", 1)], await VersionsAsync(null));
        Assert.Equal([("a.b", 2), ("a.b", 1)], await VersionsAsync("a.b"));
        Assert.Empty(await On.Policies.ListAsync(Office.Neighbour, null, None));
        Assert.Empty((await On.Catalog.FindAsync(Office.Tenant, None))!.Policies.Active);
        await On.SettledAsync();
        var drafted = await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None));
        Assert.Equal([1, 2, 1], drafted.Select(entry => AuditFields.Read(entry).PolicyVersion));
    }

    [Fact]
    public async Task Draft_keepsCalendarsAndWorkingDays()
    {
        var level = Office.Level("M", "ana") with
        {
            RespondWithin = TimeSpan.FromDays(2),
            RespondWithinDays = 2,
            RemindAfterDays = [1],
            Calendar = new BusinessCalendar
            {
                TimeZone = "Europe/Berlin",
                Opens = new(8, 0),
                Closes = new(12, 0),
                MoreHours = [new(new(13, 0), new(17, 0)), new(new(22, 0), new(6, 0))],
                Holidays = [new(2026, 4, 3)],
                YearlyHolidays = ["12-25"],
            },
        };
        var policy = new Policy { Key = "a.b", Name = "a.b", ActionTypes = ["purchasing.*"], Levels = [level] };
        await On.Policies.AddDraftAsync(Office.Tenant, policy, Value.Map(), Office.Entry(Now, action: AuditAction.PolicyDrafted), None);

        var kept = (await On.Policies.ListAsync(Office.Tenant, "a.b", None)).Single().Policy.Levels.Single();
        Assert.Equal(Text(level), Text(kept));
        Assert.Equal<WorkingHours>(level.Calendar.Hours, kept.Calendar!.Hours);

        static string Text(LevelDefinition level) => JsonSerializer.Serialize(level, ChainJson.Of<LevelDefinition>());
    }

    [Fact]
    public async Task Publish_retiresTheActiveVersionInTheSameCommit()
    {
        var first = await DraftAsync("a.b");
        Assert.True(await PublishAsync(first));
        var second = await DraftAsync("a.b");
        Assert.True(await PublishAsync(second));

        var versions = await On.Policies.ListAsync(Office.Tenant, "a.b", None);
        Assert.Equal([PolicyStatus.Active, PolicyStatus.Retired], versions.Select(version => version.Status));
        Assert.NotNull(versions[1].RetiredAt);
        var active = Assert.Single((await On.Catalog.FindAsync(Office.Tenant, None))!.Policies.Active);
        Assert.Equal((2, "payload.amount > 5.0", 1), (active.Version, active.Policy.When, active.Policy.Levels.Length));
        Assert.Equal(second.Source, active.Source);
        await On.SettledAsync();
        Assert.Equal([EventType.PolicyPublished, EventType.PolicyPublished], (await On.Outbox.ReadAsync(0, 10, None)).Select(record => record.Event.Type));
    }

    [Fact]
    public async Task Publish_notWhereExpected_writesNothing()
    {
        var draft = await DraftAsync("a.b");
        Assert.True(await PublishAsync(draft));

        Assert.False(await PublishAsync(draft));
        Assert.False(await On.Policies.ChangeAsync(Office.Tenant, PolicyStatus.Draft, draft with { Version = 9 }, [], [], None));
        await On.SettledAsync();
        Assert.Single(await On.Outbox.ReadAsync(0, 10, None));
    }

    [Fact]
    public async Task Publish_inPlaceOfAnother_writesNothing()
    {
        var (first, second) = (await DraftAsync("a.b"), await DraftAsync("a.b"));
        var published = second with { Status = PolicyStatus.Active, PublishedAt = Now };

        Assert.False(await On.Policies.ChangeAsync(Office.Tenant, PolicyStatus.Draft, published with { Replaces = 1 }, [], [], None));
        Assert.True(await PublishAsync(first));
        Assert.False(await On.Policies.ChangeAsync(Office.Tenant, PolicyStatus.Draft, published with { Replaces = 0 }, [], [], None));
        Assert.Equal(1, Assert.Single((await On.Catalog.FindAsync(Office.Tenant, None))!.Policies.Active).Version);
        Assert.True(await On.Policies.ChangeAsync(Office.Tenant, PolicyStatus.Draft, published with { Replaces = 1 }, [], [], None));
        Assert.Equal(2, Assert.Single((await On.Catalog.FindAsync(Office.Tenant, None))!.Policies.Active).Version);
    }

    [Fact]
    public async Task Retire_leavesTheSnapshot()
    {
        var draft = await DraftAsync("a.b");
        await PublishAsync(draft);
        var active = (await On.Policies.ListAsync(Office.Tenant, "a.b", None))[0];

        Assert.True(await On.Policies.ChangeAsync(
            Office.Tenant, PolicyStatus.Active, active with { Status = PolicyStatus.Retired, RetiredAt = Now }, [Office.Entry(Now)], [], None));
        Assert.Empty((await On.Catalog.FindAsync(Office.Tenant, None))!.Policies.Active);
    }

    [Fact]
    public async Task Snapshot_onceTaken_doesNotChange()
    {
        var before = (await On.Catalog.FindAsync(Office.Tenant, None))!;
        await PublishAsync(await DraftAsync("a.b"));

        Assert.Empty(before.Policies.Active);
        Assert.Null(await On.Catalog.FindAsync("nobody", None));
        Assert.Equal([Office.Tenant, Office.Neighbour], await On.Catalog.TenantsAsync(None));
    }

    [Fact]
    public async Task Delegation_saved_isInTheSnapshotUntilItEnds()
    {
        var lent = Lent("d1", "ana", "dan");
        await On.Delegations.SaveAsync(Office.Tenant, lent, [Office.Entry(Now, action: AuditAction.DelegationCreated)], [Changed("e1")], None);
        Assert.Equal("d1", Assert.Single((await On.Catalog.FindAsync(Office.Tenant, None))!.Delegations.All).Id);

        await On.Delegations.SaveAsync(Office.Tenant, lent with { EndedAt = Now }, [Office.Entry(Now, action: AuditAction.DelegationEnded)], [Changed("e2")], None);
        Assert.Empty((await On.Catalog.FindAsync(Office.Tenant, None))!.Delegations.All);
        Assert.Equal(Now, (await On.Delegations.FindAsync(Office.Tenant, "d1", None))!.EndedAt);
        Assert.Null(await On.Delegations.FindAsync(Office.Neighbour, "d1", None));
        await On.SettledAsync();
        Assert.Equal(2, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count);
        Assert.Equal(["e1", "e2"], (await On.Outbox.ReadAsync(0, 10, None)).Select(record => record.Event.Id));
    }

    [Fact]
    public async Task Delegation_over_staysAsItIs()
    {
        var ended = Lent("d1", "ana", "dan") with { PendingRequest = "r1", EndedAt = Now };
        await SaveAsync(ended);

        // Whoever read it before its end would let it count again, or end it once more.
        Assert.False(await On.Delegations.SaveAsync(
            Office.Tenant, ended with { PendingRequest = null, EndedAt = null }, [Office.Entry(Now, action: AuditAction.DelegationCreated)], [Changed("e1")], None));
        Assert.False(await On.Delegations.SaveAsync(
            Office.Tenant, ended with { EndedAt = Now.AddHours(1) }, [Office.Entry(Now, action: AuditAction.DelegationEnded)], [Changed("e2")], None));

        Assert.Equal(ended.EndedAt, (await On.Delegations.FindAsync(Office.Tenant, "d1", None))!.EndedAt);
        Assert.Empty((await On.Catalog.FindAsync(Office.Tenant, None))!.Delegations.All);
        await On.SettledAsync();
        Assert.Empty(await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None)));
        Assert.Empty(await On.Outbox.ReadAsync(0, 10, None));
    }

    [Fact]
    public async Task Delegation_over_lendsNothingToWhatWasSentBefore()
    {
        await SaveAsync(Lent("d1", "ana", "dan"));
        await StartAsync(Office.Request("r1", Now));
        await SaveAsync(Lent("d1", "ana", "dan") with { EndedAt = Now });

        var sent = await SendAsync("r1", Office.Approve("dan") with { ActsFor = ["ana"] });

        Assert.Equal(RefusalCode.NotAuthorized, sent.Receipt!.Refusal?.Code);
    }

    [Fact]
    public async Task Delegations_list_ofAPersonOnEitherSide()
    {
        await SaveAsync(Lent("d1", "ana", "dan"));
        await SaveAsync(Lent("d2", "cleo", "eve"));
        await SaveAsync(Lent("d3", "eve", "ana"));

        Assert.Equal(["d1", "d2", "d3"], await DelegationsAsync(null));
        Assert.Equal(["d1", "d3"], await DelegationsAsync("ana"));
        Assert.Empty(await DelegationsAsync("rita"));
    }

    [Fact]
    public async Task People_saved_areInTheSnapshot()
    {
        if (On.Directory is not { } directory)
        {
            return;
        }

        var person = new Person { Id = "new", Name = "New", Roles = ["approver"] };
        Assert.True(await directory.ChangeAsync(Office.Tenant, null, person, [Office.Entry(Now)], [], None));
        Assert.Equal(person, (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory.Find("new"));
        Assert.True(await directory.ChangeAsync(Office.Tenant, person, person with { Name = "Newer", Inactive = true }, [], [], None));
        Assert.Equal(("Newer", false), (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory.Find("new") is { } read ? (read.Name, read.MayAct) : default);
        Assert.Null((await On.Catalog.FindAsync(Office.Neighbour, None))!.Directory.Find("new"));
    }

    [Fact]
    public async Task People_changedMeanwhile_stayAsTheyAre()
    {
        if (On.Directory is not { } directory)
        {
            return;
        }

        var person = new Person { Id = "new", Name = "New" };
        await directory.ChangeAsync(Office.Tenant, null, person, [], [], None);
        await directory.ChangeAsync(Office.Tenant, person, person.Gone("olga", Now), [], [], None);

        Assert.False(await directory.ChangeAsync(Office.Tenant, null, person, [Office.Entry(Now)], [Changed("c1")], None));
        Assert.False(await directory.ChangeAsync(Office.Tenant, person, person with { Name = "Newer" }, [Office.Entry(Now)], [Changed("c2")], None));

        var people = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory;
        Assert.Equal((true, "olga", Now), (people.Find("new")!.Removed, people.Find("new")!.LeftBy, people.Find("new")!.LeftAt));
        Assert.Equal((null, "new~2"), (people.Named("new"), people.NewId("new")));
    }

    [Fact]
    public async Task Leaving_endsDelegationsAndTokens_andGivesUpWhatWaits()
    {
        if (On.Directory is not { } directory)
        {
            return;
        }

        await SaveAsync(Lent("d1", "ana", "cleo"));
        await SaveAsync(Lent("d2", "dan", "ana"));
        await SaveAsync(Lent("d3", "dan", "cleo"));
        var token = new ApiToken("t1", Office.Tenant, "ana", new string('a', 64), Now, null, null);
        await On.Tokens!.AddAsync(token, Office.Entry(Now), None);
        await On.Engine.StartAsync(Office.Request("r1", Now, levels: [Office.Level("Both", "ana", "eve")]), None);
        await On.Engine.StartAsync(Office.Request("r2", Now, levels: [Office.Level("Ana", "ana")]), None);
        await On.SettledAsync();
        var ana = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory.Find("ana")!;
        await directory.ChangeAsync(Office.Tenant, ana, ana.Gone("olga", Now), [], [], None);

        var departure = new Departure(On.Delegations, On.Requests, On.Engine, On.Time, On.Tokens);
        await departure.EndAsync(Office.Tenant, "ana", Now, None);
        await departure.EndAsync(Office.Tenant, "ana", Now, None);

        async Task<bool> IsEndedAsync(string id) => (await On.Delegations.FindAsync(Office.Tenant, id, None))!.EndedAt is not null;
        Assert.Equal((true, true, false), (await IsEndedAsync("d1"), await IsEndedAsync("d2"), await IsEndedAsync("d3")));
        Assert.NotNull(Assert.Single(await On.Tokens!.ListAsync(Office.Tenant, None)).RevokedAt);
        async Task<string> WaitingAsync(string id) => string.Join(' ', Involvement.WaitingFor((await On.Requests.FindAsync(Office.Tenant, id, None))!.State));
        Assert.Equal(("eve", "olga"), (await WaitingAsync("r1"), await WaitingAsync("r2")));
    }

    [Fact]
    public async Task Whoever_leftSinceTheirCommandWasSent_decidesNothing()
    {
        if (On.Directory is not { } directory)
        {
            return;
        }

        await On.Engine.StartAsync(Office.Request("r1", Now), None);
        var ana = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory.Find("ana")!;
        await directory.ChangeAsync(Office.Tenant, ana, ana with { Inactive = true }, [], [], None);

        var result = await On.Engine.SendAsync(Office.Send("r1", Office.Approve("ana")), None);

        Assert.Equal(RefusalCode.NotAuthorized, result.Receipt!.Refusal!.Code);
        Assert.Equal(RequestStatus.InReview, result.Request!.State.Status);
    }

    [Fact]
    public async Task Seeding_again_keepsWhatWasChangedSince()
    {
        if (On.Directory is not { } directory)
        {
            return;
        }

        var people = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory;
        await directory.ChangeAsync(Office.Tenant, null, new Person { Id = "new", Name = "New" }, [], [], None);
        await directory.ChangeAsync(Office.Tenant, people.Find("ana"), new Person { Id = "ana", Name = "Changed" }, [], [], None);
        await On.SeedAsync(Office.Directory);
        await directory.ChangeAsync(Office.Tenant, people.Find("eve"), people.Find("eve")!.Gone("olga", Now), [], [], None);
        await On.SeedAsync(Office.Directory);

        people = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory;
        Assert.Equal(("New", "Changed", null), (people.Find("new")!.Name, people.Find("ana")!.Name, people.Named("eve")?.Name));
    }

    [Fact]
    public async Task Seeding_removesWhomTheFileNamesNoLonger_andGivesTheirIdentityToNobody()
    {
        await On.SeedAsync([Office.Directory[0] with { People = [.. Office.Directory[0].People.Where(person => person.Id != "eve")], RemovesOthers = true }]);

        var people = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory;
        Assert.Equal((true, null), (people.Find("eve")!.Removed, people.Named("eve")));
        Assert.NotNull((await On.Catalog.FindAsync(Office.Neighbour, None))!.Directory.Named("eve"));

        await On.SeedAsync(Office.Directory);

        people = (await On.Catalog.FindAsync(Office.Tenant, None))!.Directory;
        Assert.Equal(("eve~2", "eve", true), (people.Named("eve")!.Id, people.Named("eve")!.ReusedId, people.Find("eve")!.Removed));
    }

    private static OutboxEvent Changed(string id) => new()
    {
        Id = id,
        Tenant = Office.Tenant,
        RequestId = "x",
        Type = EventType.DelegationChanged,
        Time = DateTimeOffset.UnixEpoch,
        Body = "{}"u8.ToArray(),
    };

    private Delegation Lent(string id, string from, string to) => new()
    {
        Id = id,
        Delegator = from,
        Delegate = to,
        From = Now,
        Until = Now.AddDays(7),
        CreatedAt = Now,
        CreatedBy = from,
    };

    private async Task SaveAsync(Delegation delegation) => await On.Delegations.SaveAsync(Office.Tenant, delegation, [], [], None);

    private async Task<List<string>> DelegationsAsync(string? person)
    {
        await On.SettledAsync();
        return [.. (await AllAsync(page => On.Delegations.ListAsync(Office.Tenant, person, page, None), 2)).Select(delegation => delegation.Id).Order()];
    }

    private async Task<PolicyVersion> DraftAsync(string key)
    {
        var policy = new Policy { Key = key, Name = key, ActionTypes = ["purchasing.*"], When = "payload.amount > 5.0", Levels = [Office.Level("M", "ana")] };
        return await On.Policies.AddDraftAsync(Office.Tenant, policy, Value.Map(("key", Value.From(key))), Office.Entry(Now, action: AuditAction.PolicyDrafted), None);
    }

    private async Task<bool> PublishAsync(PolicyVersion draft) => await On.Policies.ChangeAsync(
        Office.Tenant,
        PolicyStatus.Draft,
        draft with { Status = PolicyStatus.Active, PublishedAt = Now },
        [Office.Entry(Now, action: AuditAction.PolicyPublished)],
        [Changed($"{draft.Policy.Key}-{draft.Version}") with { Type = EventType.PolicyPublished }],
        None);

    private async Task<List<(string, int)>> VersionsAsync(string? key) =>
        [.. (await On.Policies.ListAsync(Office.Tenant, key, None)).Select(version => (version.Policy.Key, version.Version))];
}
