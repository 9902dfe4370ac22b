using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Inbox;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Trails in which the entries of a request stand twice, as a former version left them that ran on two workers.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class TrailRepairTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <param name="course">c: a checkpoint is taken; d: the request is carried over as new once more; m: it moves on.</param>
    [Theory]
    [InlineData("d")]
    [InlineData("dm")]
    [InlineData("dc")]
    [InlineData("dmc")]
    [InlineData("dcmc")]
    [InlineData("cd")]
    [InlineData("cdm")]
    [InlineData("cdmc")]
    [InlineData("ddm")]
    [InlineData("mdcmd")]
    public async Task Rebuild_entriesThatStandTwice_standOnceAndTheirProofHolds(string course)
    {
        await using var adapter = await DamagedAsync(course);
        Assert.False((await adapter.Audit.VerifyAsync(Office.Tenant, null, None)).Valid);
        Assert.True(await ListedAsync(adapter, "r2") > 1);
        var entries = await EntriesAsync(adapter);

        await RebuildAsync(adapter);
        await adapter.Engine.SendAsync(Office.Send("r2", Office.Approve("ana")), None);
        await adapter.CheckpointAsync();

        var verification = await adapter.Audit.VerifyAsync(Office.Tenant, null, None);
        Assert.True(verification.Valid, verification.FirstInvalid?.ToString());
        Assert.True((await adapter.Audit.VerifyAsync(Office.Tenant, "r2", None)).Valid);
        Assert.Equal(1, await ListedAsync(adapter, "r2"));
        Assert.Equal(entries, (await EntriesAsync(adapter)).Take(entries.Count));
        foreach (var query in (AuditQuery[])[new() { Tenant = Office.Tenant, Subject = "order:2" }, new() { Tenant = Office.Tenant, Actor = "rita" }])
        {
            var found = (await adapter.Audit.QueryAsync(query, new PageRequest(200), None)).Items.Select(entry => (entry.Chain, entry.Sequence)).ToList();
            Assert.Equal(found.Distinct(), found);
        }

        var repaired = await adapter.Audit.ReadAsync(Office.Tenant, 0, None).Select(AuditFields.Read).SingleAsync(entry => entry.Action == AuditAction.TrailRepaired);
        Assert.Equal(("request", "r2"), (repaired.SubjectType, repaired.SubjectId));
    }

    [Fact]
    public async Task Rebuild_again_recordsNothingMore()
    {
        await using var adapter = await DamagedAsync("d");
        await RebuildAsync(adapter);
        var entries = await adapter.Audit.ReadAsync(Office.Tenant, 0, None).CountAsync();

        await RebuildAsync(adapter);

        Assert.Equal(entries, await adapter.Audit.ReadAsync(Office.Tenant, 0, None).CountAsync());
    }

    /// <summary>What was signed cannot be made to hold: nothing is made up, and what depends on no proof is put right.</summary>
    [Fact]
    public async Task Rebuild_checkpointsThatCoverBoth_leavesTheTrailAndDropsTheSecondRows()
    {
        await using var adapter = await DamagedAsync("cdc");

        await RebuildAsync(adapter);

        Assert.False((await adapter.Audit.VerifyAsync(Office.Tenant, null, None)).Valid);
        Assert.Equal(1, await ListedAsync(adapter, "r2"));
        Assert.DoesNotContain(await EntriesAsync(adapter), entry => entry.StartsWith(AuditAction.TrailRepaired, StringComparison.Ordinal));
    }

    private async Task<TablesAdapter> DamagedAsync(string course)
    {
        var adapter = await TablesAdapter.OpenAsync(azurite, null);
        await adapter.SeedAsync(Office.Directory);
        for (var i = 1; i <= 3; i++)
        {
            await adapter.Engine.StartAsync(Office.Request($"r{i}", adapter.Time.GetUtcNow(), subject: $"{i}"), None);
        }

        foreach (var step in course)
        {
            await (step switch
            {
                'c' => adapter.CheckpointAsync(),
                'd' => CarryOverAgainAsync(adapter),
                _ => adapter.Engine.SendAsync(Office.Send("r2", new Command.AddComment("Why?") { By = Office.Actor("ana") }), None).AsTask(),
            });
        }

        return adapter;
    }

    /// <summary>By a process that does not see what stands there of the request.</summary>
    private static async Task CarryOverAgainAsync(TablesAdapter adapter)
    {
        var tenants = adapter.Get<ServiceTables>().Tenants;
        await tenants.DeleteEntityAsync(Office.Tenant, RequestIndex.KeyOf("r2"));
        await tenants.UpdateEntityAsync(new TableEntity(Office.Tenant, "!head") { ["touched"] = "d" }, Azure.ETag.All, TableUpdateMode.Merge);
        await adapter.Get<Dispatcher>().DispatchAsync(Office.Tenant, "r2", None);
    }

    private static async Task RebuildAsync(TablesAdapter adapter)
    {
        string? after = null;
        do
        {
            after = await adapter.Get<ProjectionRebuild>().RequestsAsync(Office.Tenant, after, None);
        }
        while (after is not null);
        await adapter.Get<ProjectionRebuild>().OrphansAsync(Office.Tenant, None);
    }

    /// <summary>How often a request stands in the inbox of whom it waits for.</summary>
    private static async Task<int> ListedAsync(TablesAdapter adapter, string requestId)
    {
        var inbox = new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority("ana", ["*"]), new InboxAuthority("cleo", ["*"])], Now = adapter.Time.GetUtcNow() };
        return (await adapter.Requests.InboxAsync(inbox, new PageRequest(100), None)).Items.Count(item => item.Id == requestId);
    }

    private static async Task<List<string>> EntriesAsync(TablesAdapter adapter) =>
        await adapter.Get<RequestTable>().EntriesAsync(Office.Tenant, "r2", 0, None).Select(entry => $"{AuditFields.Read(entry).Action} {entry.Sequence} {entry.Hash}").ToListAsync();
}
