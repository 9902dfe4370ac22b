using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Inbox;
using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Projections made anew from the requests' partitions.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class RebuildTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("l", "v", "w")]
    [InlineData("x")]
    [InlineData("q")]
    [InlineData("l", "v", "w", "x", "q")]
    public async Task Rebuild_rowsLost_bringsThemBack(params string[] lost)
    {
        await using var adapter = await FilledAsync();
        var before = await PictureAsync(adapter);
        foreach (var first in lost)
        {
            await DropAsync(adapter, first);
        }

        await RebuildAsync(adapter);

        Assert.Equal(before, await PictureAsync(adapter));
        var verification = await adapter.Audit.VerifyAsync(Office.Tenant, null, None);
        Assert.True(verification.Valid, verification.FirstInvalid?.ToString());
    }

    [Fact]
    public async Task Rebuild_rowsThatBelongToNoRequest_areDropped()
    {
        await using var adapter = await FilledAsync();
        var before = await PictureAsync(adapter);
        var ghost = new TableEntity(Office.Tenant, $"l|a||{TableKey.Descending(999)}") { ["id"] = "r1" };
        await adapter.Get<ServiceTables>().Tenants.AddEntityAsync(ghost);
        Assert.NotEqual(before, await PictureAsync(adapter));

        await RebuildAsync(adapter);

        Assert.Equal(before, await PictureAsync(adapter));
    }

    private async Task<TablesAdapter> FilledAsync()
    {
        var adapter = await TablesAdapter.OpenAsync(azurite, null);
        await adapter.SeedAsync(Office.Directory);
        for (var i = 1; i <= 4; i++)
        {
            await adapter.Engine.StartAsync(Office.Request($"r{i}", adapter.Time.GetUtcNow(), subject: $"{i}"), None);
        }

        await adapter.Engine.SendAsync(Office.Send("r1", Office.Approve("ana")), None);
        await adapter.Engine.SendAsync(Office.Send("r2", Office.Reject("ana")), None);
        await adapter.Engine.SendAsync(Office.Send("r3", new Command.AddComment("Why?") { By = Office.Actor("ana") }), None);
        return adapter;
    }

    private static async Task DropAsync(TablesAdapter adapter, string first)
    {
        var tenants = adapter.Get<ServiceTables>().Tenants;
        foreach (var row in await tenants.ListAsync(Office.Tenant, first, None))
        {
            await tenants.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }

        // What this process remembers of the partition is what an operator's worker, started afterwards, would not know.
        await tenants.UpdateEntityAsync(
            new TableEntity(Office.Tenant, "!head") { ["touched"] = first }, Azure.ETag.All, TableUpdateMode.Merge);
    }

    private static async Task RebuildAsync(TablesAdapter adapter)
    {
        var rebuild = adapter.Get<ProjectionRebuild>();
        string? after = null;
        do
        {
            after = await rebuild.RequestsAsync(Office.Tenant, after, None);
        }
        while (after is not null);
        await rebuild.OrphansAsync(Office.Tenant, None);
    }

    private static async Task<string> PictureAsync(TablesAdapter adapter)
    {
        var page = new PageRequest(100);
        var all = new RequestQuery { Tenant = Office.Tenant };
        var lists = new List<string>();
        foreach (var query in (RequestQuery[])[all, all with { Status = RequestStatus.InReview }, all with { VisibleTo = "cleo" }, all with { Subject = "order:2" }])
        {
            lists.Add(string.Join(',', (await adapter.Requests.ListAsync(query, page, None)).Items.Select(request => $"{request.Id}:{request.Status}:{request.LevelName}")));
        }

        foreach (var person in (string[])["ana", "cleo"])
        {
            foreach (var sort in (InboxSort[])[InboxSort.Due, InboxSort.Newest])
            {
                var inbox = new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority(person, ["*"])], Sort = sort, Now = adapter.Time.GetUtcNow() };
                lists.Add(string.Join(',', (await adapter.Requests.InboxAsync(inbox, page, None)).Items.Select(request => request.Id)));
            }
        }

        foreach (var query in (AuditQuery[])[new() { Tenant = Office.Tenant }, new() { Tenant = Office.Tenant, Actor = "ana" }, new() { Tenant = Office.Tenant, Subject = "order:1" }])
        {
            lists.Add(string.Join(',', (await adapter.Audit.QueryAsync(query, page, None)).Items.Select(entry => $"{entry.Position}/{entry.Chain}/{entry.Sequence}")));
        }

        return string.Join('\n', lists);
    }
}
