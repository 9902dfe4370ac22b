using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Crash;

/// <summary>Commands that come to one request together, and two processes that know different things of it.</summary>
public sealed class BusyRequestTests(AzuriteFixture azurite) : OneRequestTest(azurite)
{
    [Fact]
    public async Task Run_commandsBehindAnother_eachHasItsEffectAndItsReceipt()
    {
        await StageAsync("c1", "c2", "c3");

        var done = await RunAsync(First, "c1", "c2", "c3");

        Assert.Equal((true, true, 2), (done.Live, done.Dispatched, done.Behind));
        Assert.Equal(["c1", "c2", "c3"], await CommentsAsync());
        foreach (var id in (string[])["c1", "c2", "c3"])
        {
            Assert.NotNull(await First.Get<RequestTable>().SettledAsync(Office.Tenant, "r1", id, default));
        }
    }

    [Fact]
    public async Task Run_again_changesNothing()
    {
        await StageAsync("c1", "c2");
        await RunAsync(First, "c1", "c2");
        await RunAsync(First, "c1", "c2");

        Assert.Equal(["c1", "c2"], await CommentsAsync());
    }

    [Fact]
    public async Task Run_oneBehindThatFails_isLeftWithAllAfterIt()
    {
        await StageAsync("c1", "c3");
        var requests = First.Get<RequestTable>().Client;
        await requests.AddEntityAsync(new TableEntity(RequestRows.PartitionOf(Office.Tenant, "r1"), StagedCommand.KeyOf("damaged")));

        Assert.Equal(0, (await RunAsync(First, "c1", "damaged", "c3")).Behind);
        Assert.Equal(["c1"], await CommentsAsync());
    }

    [Fact]
    public async Task Run_betweenCommitsOfAnotherProcess_losesNothingAndRepeatsNothing()
    {
        await using var other = Another();
        await StageAsync("c1", "c2", "c3");
        await RunAsync(other, "c1");

        await RunAsync(First, "c1");
        await RunAsync(other, "c2");
        await RunAsync(First, "c2", "c3");

        Assert.Equal(["c1", "c2", "c3"], await CommentsAsync());
    }

    [Fact]
    public async Task Run_ofWhatThisProcessStagedAndCommitted_readsNothingOfTheRequest()
    {
        await StageAsync("c1");
        Operations.Forget();

        await RunAsync(First, "c1");

        Assert.DoesNotContain(Operations.All, operation => operation.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_inAProcessWhosePoliciesAreNotInEffectYet_waitsForThem()
    {
        var startup = new StartupSignal();
        await using var starting = Another(startup);
        await StageAsync("c1");
        var run = RunAsync(starting, "c1");

        // Held before its first read.
        Assert.False(run.IsCompleted);
        Assert.Empty(await CommentsAsync());
        startup.Complete();
        await run;
        Assert.Equal(["c1"], await CommentsAsync());
    }

    private async Task StageAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            var command = new StagedCommand(Office.Send("r1", new Command.AddComment(id) { By = Office.Actor("ana") }, id));
            Assert.True(await First.Get<CommandStage>().StageAsync(command, default));
        }
    }

    private static Task<WorkDone> RunAsync(Worker worker, string first, params string[] behind) =>
        worker.Get<IRequestWorker>().RunAsync(Office.Tenant, "r1", first, behind, default);

    /// <summary>As a process sees them that knows nothing yet.</summary>
    private async Task<IEnumerable<string?>> CommentsAsync()
    {
        await using var reader = Another();
        Assert.True((await reader.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default)).Valid);
        var history = await reader.Get<IRequestStore>().HistoryAsync(Office.Tenant, "r1", new PageRequest(100, null), default);
        return history.Items.Select(entry => AuditFields.Read(entry.Canonical.Span)).Where(entry => entry.Action == AuditAction.Commented).Select(entry => entry.Reason);
    }
}
