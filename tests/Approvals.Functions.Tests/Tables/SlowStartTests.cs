using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Crash;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Calls while no worker carries out commands, as during a scale from zero: whatever is accepted is carried out once, when one comes.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class SlowStartTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly QueuedTransport _queue = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private Worker _http = null!;

    private IRequestStore Requests => _http.Get<IRequestStore>();

    public async Task InitializeAsync()
    {
        _http = new Worker(azurite, _time, _prefix, transport: _queue);
        await _http.Get<ServiceTables>().CreateAsync(default);
        await _http.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
    }

    public Task DisposeAsync() => _http.DisposeAsync().AsTask();

    [Fact]
    public async Task Gate_equalCallsBeforeAWorkerComes_areOneRequest()
    {
        var first = await AcceptedAsync(_http.Engine.StartAsync(Start("r1"), default));
        var again = await Task.WhenAll(AcceptedAsync(_http.Engine.StartAsync(Start("r2"), default)), AcceptedAsync(_http.Engine.StartAsync(Start("r3"), default)));

        Assert.Equal(("r1", true, false), (first.Request!.State.Id, first.Created, first.Settled));
        Assert.Equal((RequestStatus.Pending, 0), (first.Request.State.Status, first.Request.State.CurrentLevel));
        Assert.All(again, answer => Assert.Equal(("r1", false, false), (answer.Request!.State.Id, answer.Created, answer.Settled)));

        await WorkAsync();

        var request = (await Requests.FindAsync(Office.Tenant, "r1", default))!;
        Assert.Equal((RequestStatus.InReview, 1), (request.State.Status, request.State.Version));
        Assert.Null(await Requests.FindAsync(Office.Tenant, "r2", default));
        Assert.Equal("r1", Assert.Single((await Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(10), default)).Items).Id);
        var events = await _http.Get<IOutboxStore>().ReadAsync(0, 100, default);
        Assert.Single(events, record => record.Event.Type == "approval.requested");
        var settled = await _http.Engine.StartAsync(Start("r4"), default);
        Assert.Equal(("r1", true), (settled.Request!.State.Id, settled.Settled));
        var checks = await _http.Get<IAuditStore>().ReadAsync(Office.Tenant, 0, default).CountAsync(entry => AuditFields.Read(entry).Action == AuditAction.GateChecked);
        Assert.Equal(4, checks);
        Assert.True((await _http.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    [Fact]
    public async Task Find_beforeAWorkerComes_isPendingAndWaitsForTheRequest()
    {
        await AcceptedAsync(_http.Engine.StartAsync(Start("r1"), default));

        var pending = (await Requests.FindAsync(Office.Tenant, "r1", default))!;
        Assert.Equal((RequestStatus.Pending, 0), (pending.State.Status, pending.State.Version));
        Assert.Empty((await Requests.HistoryAsync(Office.Tenant, "r1", new PageRequest(10), default)).Items);
        await WorkAsync();
        var found = await Requests.WaitAsync(Office.Tenant, "r1", pending.State.Version, TimeSpan.FromSeconds(30), default);
        Assert.Equal(RequestStatus.InReview, found!.State.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Direct_withTheSameId_isOneRequest(bool submit)
    {
        var start = Office.Request("r1", _time.GetUtcNow(), submit: submit);
        await AcceptedAsync(_http.Engine.StartAsync(start, default));
        var again = await AcceptedAsync(_http.Engine.StartAsync(start, default));

        Assert.Equal((submit ? RequestStatus.Pending : RequestStatus.Draft, false), (again.Request!.State.Status, again.Settled));
        await WorkAsync();
        Assert.Equal(submit ? RequestStatus.InReview : RequestStatus.Draft, (await Requests.FindAsync(Office.Tenant, "r1", default))!.State.Status);
    }

    [Fact]
    public async Task Command_toARequestThatIsNotThereYet_isCarriedOutAfterIt()
    {
        await AcceptedAsync(_http.Engine.StartAsync(Start("r1"), default));
        var withdraw = Office.Send("r1", new Command.Withdraw { By = Office.Actor("rita") });
        var sent = await AcceptedAsync(_http.Engine.SendAsync(withdraw, default));
        Assert.Equal((null, RequestStatus.Pending), (sent.Receipt, sent.Request!.State.Status));

        // Whichever of the two reaches a worker first.
        _queue.Reverse();
        await WorkAsync();

        Assert.Equal(RequestStatus.Withdrawn, (await Requests.FindAsync(Office.Tenant, "r1", default))!.State.Status);
        Assert.Null((await _http.Engine.SendAsync(withdraw, default)).Receipt!.Refusal);
        Assert.True((await _http.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    /// <summary>Its process died with the key in hand: nothing is staged, and nothing will be.</summary>
    [Fact]
    public async Task Gate_holderThatStagedNothing_isFollowedByTheNext()
    {
        await _http.Get<BusinessKeys>().TakeAsync(Office.Tenant, "key", "dead", default);

        var answer = await AcceptedAsync(_http.Engine.StartAsync(Start("r1"), default));

        Assert.Equal("r1", answer.Request!.State.Id);
    }

    /// <summary>Its process slept with the key in hand, and was given up for dead.</summary>
    [Fact]
    public async Task Gate_holderThatStagesTooLate_answersByTheNext()
    {
        var operations = new Operations();
        var stalled = new TaskCompletionSource();
        var resumes = new ManualResetEventSlim();
        // The first row that it adds is the key's.
        operations.Fails = request =>
        {
            if (request.Method == Azure.Core.RequestMethod.Post && !stalled.TrySetResult())
            {
                resumes.Wait(TimeSpan.FromSeconds(60));
            }

            return false;
        };
        await using var sleeper = new Worker(azurite, _time, _prefix, operations, transport: _queue);
        var slept = Task.Run(() => sleeper.Engine.StartAsync(Start("r1"), default).AsTask());
        await stalled.Task;
        while (await _http.Get<BusinessKeys>().FindAsync(Office.Tenant, "key", default) is null)
        {
            await Task.Yield();
        }

        var next = await AcceptedAsync(_http.Engine.StartAsync(Start("r2"), default));
        Assert.Equal("r2", next.Request!.State.Id);
        resumes.Set();
        await WorkAsync();

        var late = await AcceptedAsync(slept);
        Assert.Equal(("r2", false), (late.Request!.State.Id, late.Created));
        Assert.Null(await Requests.FindAsync(Office.Tenant, "r1", default));
    }

    private StartRequest Start(string id) =>
        Office.Request(id, _time.GetUtcNow(), businessKey: "key") with { Attempt = Office.Entry(_time.GetUtcNow()) };

    /// <summary>Time goes on until the caller is answered.</summary>
    private async Task<T> AcceptedAsync<T>(ValueTask<T> call) => await AcceptedAsync(call.AsTask());

    private async Task<T> AcceptedAsync<T>(Task<T> call)
    {
        while (await Task.WhenAny(call, Task.Delay(20)) != call)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        return await call;
    }

    /// <summary>A worker comes.</summary>
    private async Task WorkAsync()
    {
        await using var durable = new Worker(azurite, _time, _prefix);
        await _queue.RunAsync(durable.Get<IRequestWorker>());
    }
}
