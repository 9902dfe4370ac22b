using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Delegations;
using Approvals.Inbox;
using Approvals.Requests;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>What was there before a restart is there after it, and goes on where it stood.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Reopen_goesOnWhereItStood()
    {
        await using var storage = await Storage.OpenAsync();
        var before = await storage.StartAsync(Office.Request("r1", storage.Now, businessKey: "k1"));
        await storage.SendAsync("r1", Office.Approve("ana"), "c1");
        await storage.On.Engine.RecordAsync([Office.Entry(storage.Now)], default);
        await storage.On.Delegations.SaveAsync(Office.Tenant, Lent(storage.Now), [], [], default);
        await storage.ReopenAsync();

        var after = await storage.FindAsync("r1");
        Assert.Equal((before.State.Version + 1, 2), (after.State.Version, after.State.CurrentLevel));
        Assert.Equal(after.State.Version, (await storage.SendAsync("r1", Office.Reject("ana"), "c1")).Receipt!.Version);
        Assert.Equal("r1", (await storage.StartAsync(Office.Request("r2", storage.Now, businessKey: "k1"))).State.Id);
        Assert.Equal(1, (await CountAsync(storage, "cleo")).Count);
        Assert.Equal(["rita", "ana"], (await storage.On.Catalog.FindAsync(Office.Tenant, default))!.Directory.People.Select(p => p.Id).Intersect(["rita", "ana"]).Reverse());
        Assert.Single((await storage.On.Catalog.FindAsync(Office.Tenant, default))!.Delegations.All);

        await storage.SendAsync("r1", Office.Approve("cleo"));
        await storage.On.Engine.RecordAsync([Office.Entry(storage.Now)], default);
        var trail = await storage.On.Audit.VerifyAsync(Office.Tenant, null, default);
        Assert.True(trail.Valid, trail.FirstInvalid?.ToString());
        Assert.Equal((await storage.FindAsync("r1")).Head.Sequence, (await LastAsync(storage, "r1")).Sequence);
    }

    [Fact]
    public async Task Reopen_openRequestsOfAgents_areStillCounted()
    {
        await using var storage = await Storage.OpenAsync();
        for (var i = 0; i < OpenLimit.Default.Most; i++)
        {
            await storage.StartAsync(OpenLimitConformance.Of($"r{i}"));
        }

        await storage.ReopenAsync();
        Assert.Equal(RefusalCode.TooManyOpen, (await storage.On.Engine.StartAsync(OpenLimitConformance.Of("more"), default)).Refusal?.Code);
        await storage.SendAsync("r1", Office.Reject("ana"));
        await storage.ReopenAsync();
        Assert.True((await storage.On.Engine.StartAsync(OpenLimitConformance.Of("more"), default)).Created);
    }

    [Fact]
    public async Task Reopen_severalSegments_areAllFound()
    {
        const int Count = 9_000;
        await using var storage = await Storage.OpenAsync();
        foreach (var stretch in Enumerable.Range(0, Count).Chunk(500))
        {
            await Task.WhenAll(stretch.Select(i => storage.StartAsync(
                Office.Request($"r{i:00000}", storage.Now, requester: i % 1000 == 0 ? "dan" : "rita", subject: $"{i}", levels: [Office.Level("M", i % 1500 == 0 ? "eve" : "ana")]))));
        }

        await AssertFoundAsync(storage);
        await storage.ReopenAsync();
        await AssertFoundAsync(storage);
        // Somebody takes part in a request of a segment that was full long ago.
        await storage.SendAsync("r00001", new Command.Reassign(null, "ana", new Candidate("eve"), "Away") { By = Office.Actor("ana") });
        Assert.Equal(7, await CountAsync(storage, new RequestQuery { Tenant = Office.Tenant, VisibleTo = "eve" }));
        await storage.ReopenAsync();
        Assert.Equal(7, await CountAsync(storage, new RequestQuery { Tenant = Office.Tenant, VisibleTo = "eve" }));

        async Task AssertFoundAsync(Storage on)
        {
            var all = new RequestQuery { Tenant = Office.Tenant };
            Assert.Equal(Count, await CountAsync(on, all));
            Assert.Equal(9, await CountAsync(on, all with { Requester = "dan" }));
            Assert.Equal(6, await CountAsync(on, all with { VisibleTo = "eve" }));
            Assert.Equal(3, await CountAsync(on, all with { VisibleTo = "eve", Requester = "dan", Status = RequestStatus.InReview }));
            Assert.Equal(1, await CountAsync(on, all with { Subject = "order:4711" }));
            Assert.Equal(new InboxCount(Count - 6, 0), await CountAsync(on, "ana"));
        }
    }

    private static Delegation Lent(DateTimeOffset now) => new()
    {
        Id = "d1",
        Delegator = "ana",
        Delegate = "dan",
        From = now,
        Until = now.AddDays(7),
        CreatedAt = now,
        CreatedBy = "ana",
    };

    private static async Task<int> CountAsync(Storage storage, RequestQuery query)
    {
        var ids = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await storage.On.Requests.ListAsync(query, new PageRequest(200, cursor), default);
            Assert.All(page.Items, request => Assert.True(ids.Add(request.Id)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return ids.Count;
    }

    private static ValueTask<InboxCount> CountAsync(Storage storage, string person) => storage.On.Requests.CountInboxAsync(
        new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority(person, ["*"])], Now = storage.Now }, default);

    private static async Task<StoredEntry> LastAsync(Storage storage, string requestId) =>
        (await storage.On.Requests.HistoryAsync(Office.Tenant, requestId, new PageRequest(200), default)).Items[^1];
}
