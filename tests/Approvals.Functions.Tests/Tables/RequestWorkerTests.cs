using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tests.Azurite;
using Approvals.Requests;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What orchestrations are told to do next.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class RequestWorkerTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan GrantValidFor = TimeSpan.FromHours(3);

    [Fact]
    public async Task Due_beforeAGrantEnds_staysUntilThen()
    {
        await using var adapter = await ApprovedAsync();
        var ends = adapter.Time.GetUtcNow() + GrantValidFor;
        adapter.Time.Advance(GrantValidFor - TimeSpan.FromSeconds(1));

        Assert.Equal(new WorkDone(Live: true, ends, Dispatched: true), await DueAsync(adapter));
    }

    [Fact]
    public async Task Due_whenAnUnclaimedGrantEnds_isTheEnd()
    {
        await using var adapter = await ApprovedAsync();
        adapter.Time.Advance(GrantValidFor);

        Assert.Equal(new WorkDone(Live: false, null, Dispatched: true), await DueAsync(adapter));
        var late = await adapter.Engine.SendAsync(
            Office.Send("r1", new Command.ClaimGrant("hash", "x1") { By = Office.Actor("rita") }), CancellationToken.None);
        Assert.NotNull(late.Receipt!.Refusal);
    }

    [Fact]
    public async Task Due_refused_waitsTwiceAsLongEachTime()
    {
        await using var adapter = await TablesAdapter.OpenAsync(azurite, operations: null);
        await adapter.SeedAsync(Office.Directory);
        await adapter.Engine.StartAsync(Office.Request("r1", adapter.Time.GetUtcNow()), CancellationToken.None);
        var request = (await adapter.Requests.FindAsync(Office.Tenant, "r1", CancellationToken.None))!.State;
        // Whatever was refused under the due command's own id: its receipt answers for it.
        var refused = Office.Send("r1", Office.Approve("dan"), DueCommands.CommandId(request, Schedule.Next(request)!.Value.Kind));
        await adapter.Engine.SendAsync(refused, CancellationToken.None);
        adapter.Time.Advance(Schedule.Next(request)!.Value.At - adapter.Time.GetUtcNow());

        foreach (var hours in new[] { 1, 2, 4 })
        {
            Assert.Equal(new WorkDone(Live: true, adapter.Time.GetUtcNow().AddHours(hours), Dispatched: true), await DueAsync(adapter));
            adapter.Time.Advance(TimeSpan.FromHours(hours));
        }
    }

    private static Task<WorkDone> DueAsync(TablesAdapter adapter) =>
        adapter.Get<IRequestWorker>().RunAsync(Office.Tenant, "r1", null, [], CancellationToken.None);

    private async Task<TablesAdapter> ApprovedAsync()
    {
        var adapter = await TablesAdapter.OpenAsync(azurite, operations: null);
        await adapter.SeedAsync(Office.Directory);
        var start = Office.Request("r1", adapter.Time.GetUtcNow(), levels: [Office.Level("Manager", "ana")]);
        var create = (Command.Create)start.Create.Command with { GrantValidFor = GrantValidFor };
        await adapter.Engine.StartAsync(start with { Create = start.Create with { Command = create } }, CancellationToken.None);
        var approved = await adapter.Engine.SendAsync(Office.Send("r1", Office.Approve("ana")), CancellationToken.None);
        Assert.Equal(RequestStatus.Approved, approved.Request!.State.Status);
        return adapter;
    }
}
