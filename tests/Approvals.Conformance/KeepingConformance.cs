using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Tokens;

namespace Approvals.Conformance;

/// <summary>Tokens, the in-app feed and first responses.</summary>
public abstract class KeepingConformance : ConformanceTest
{
    [Fact]
    public async Task Token_isFoundByItsHashUntilRevoked()
    {
        if (On.Tokens is not { } tokens)
        {
            return;
        }

        var token = new ApiToken("t1", Office.Tenant, "ana", "abc123", Now, Now.AddDays(90), null) { MadeBy = "olga" };
        Assert.Null(await tokens.FindAsync("abc123", None));
        await tokens.AddAsync(token, Office.Entry(Now, action: AuditAction.TokenCreated), None);
        Assert.Equal(token, await tokens.FindAsync("abc123", None));
        Assert.Equal(token, Assert.Single(await tokens.ListAsync(Office.Tenant, None)));
        Assert.Empty(await tokens.ListAsync(Office.Neighbour, None));

        Assert.False(await tokens.RevokeAsync(Office.Neighbour, "t1", Now, Office.Entry(Now), None));
        Assert.True(await tokens.RevokeAsync(Office.Tenant, "t1", Now, Office.Entry(Now, action: AuditAction.TokenRevoked), None));
        Assert.False((await tokens.FindAsync("abc123", None))!.IsValid(Now));
        Assert.Equal(Now, (await tokens.ListAsync(Office.Tenant, None)).Single().RevokedAt);
        Assert.False(await tokens.RevokeAsync(Office.Tenant, "t9", Now, Office.Entry(Now), None));
        await On.SettledAsync();
        Assert.Equal(
            [AuditAction.TokenCreated, AuditAction.TokenRevoked],
            (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Select(entry => AuditFields.Read(entry).Action));
    }

    [Fact]
    public async Task Credential_ofWhoActed_isKeptInTheTrail()
    {
        if (On.Tokens is not { } tokens)
        {
            return;
        }

        var by = Office.Actor("olga") with { Assurance = Assurance.Token, Credential = Credential.OfToken("t0", "olga") };
        var (token, _) = TokenIssue.New(Office.Tenant, "ana", by.Id, Now, Now.AddDays(90));
        await tokens.AddAsync(token, TokenIssue.Entry(token, AuditAction.TokenCreated, by, Origin.Internal, Now), None);
        await tokens.RevokeAsync(Office.Tenant, token.Id, Now, TokenIssue.Entry(token, AuditAction.TokenRevoked, by, Origin.Internal, Now), None);
        await On.Engine.StartAsync(Office.Request("r1", Now), None);
        await On.Engine.SendAsync(Office.Send("r1", new Command.Approve { By = Office.Actor("ana") with { Credential = Credential.OfSession("s1") } }), None);
        await On.SettledAsync();

        var entries = (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Select(entry => AuditFields.Read(entry)).ToList();
        var (made, ended) = (entries.Single(entry => entry.Action == AuditAction.TokenCreated), entries.Single(entry => entry.Action == AuditAction.TokenRevoked));
        Assert.Equal(("token:t0", "token:t0"), (made.Credential, ended.Credential));
        Assert.Equal(["expiresAt", "person", "scopes"], made.Details.At("after")!.Value.Members.Keys);
        Assert.Equal((made.Details.At("after"), made.Details.At("before")), (ended.Details.At("before"), ended.Details.At("after")));
        Assert.Equal(Credential.OfSession("s1").Name, entries.Single(entry => entry.Action == AuditAction.Approved).Credential);
        Assert.Null(entries.First(entry => entry.Action == AuditAction.Requested).Credential);
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, null, None)).Valid);
    }

    [Fact]
    public async Task Notifications_newestFirst_eachOnce()
    {
        await On.Notifications.AddAsync([.. Enumerable.Range(0, 5).Select(i => Note($"n{i}", "ana"))], None);
        await On.Notifications.AddAsync([Note("n2", "ana") with { Title = "Changed" }, Note("n9", "cleo"), Note("n5", "ana")], None);

        var feed = await AllAsync(page => On.Notifications.ListAsync(Office.Tenant, "ana", page, None), 2);
        Assert.Equal(["n5", "n4", "n3", "n2", "n1", "n0"], feed.Select(note => note.Id));
        Assert.All(feed, note => Assert.Equal("Look", note.Title));
        Assert.Equal(Note("n5", "ana"), feed[0]);
        Assert.Empty((await On.Notifications.ListAsync(Office.Neighbour, "ana", new PageRequest(), None)).Items);
    }

    [Fact]
    public async Task FirstMessage_firstCallsStays_perPerson()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => On.Notifications.KeepFirstAsync(Office.Tenant, "ana", $"n{i}", None).AsTask()));

        Assert.Equal(kept[0], Assert.Single(kept.Distinct()));
        Assert.Equal(kept[0], await On.Notifications.KeepFirstAsync(Office.Tenant, "ana", "later", None));
        Assert.Equal("own", await On.Notifications.KeepFirstAsync(Office.Tenant, "cleo", "own", None));
        Assert.Equal("other", await On.Notifications.KeepFirstAsync(Office.Neighbour, "ana", "other", None));
    }

    [Fact]
    public async Task Response_firstOneStays_forADay()
    {
        var first = new StoredResponse("hash", 201, "/there", "application/json", "{}"u8.ToArray(), Now);
        await On.Responses.SaveAsync(Office.Tenant, "ana", "k", first, None);
        await On.Responses.SaveAsync(Office.Tenant, "ana", "k", first with { Status = 500 }, None);

        var found = (await On.Responses.FindAsync(Office.Tenant, "ana", "k", Now.AddHours(23), None))!;
        Assert.Equal(("hash", 201, "/there", "application/json", Now), (found.BodyHash, found.Status, found.Location, found.ContentType, found.At));
        Assert.Equal(first.Body.ToArray(), found.Body.ToArray());
        Assert.Null(await On.Responses.FindAsync(Office.Tenant, "ana", "k", Now.AddHours(24), None));
        Assert.Null(await On.Responses.FindAsync(Office.Tenant, "cleo", "k", Now, None));
        Assert.Null(await On.Responses.FindAsync(Office.Neighbour, "ana", "k", Now, None));

        await On.Responses.SaveAsync(Office.Tenant, "ana", "k", first with { Status = 202, At = Now.AddHours(25) }, None);
        Assert.Equal(202, (await On.Responses.FindAsync(Office.Tenant, "ana", "k", Now.AddHours(25), None))!.Status);
    }

    private Notification Note(string id, string person) =>
        new(id, Office.Tenant, person, "approval.requested", "r1", "Look", "Something waits.", Now.AddHours(1), "http://localhost/r1", Now);
}
