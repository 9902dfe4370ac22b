using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Crash;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Tables;

/// <summary>When a caller who waits looks for a receipt that another process may have written.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class CommandStageTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly ManualTime _manual = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private readonly AzuriteFixture _azurite;
    private readonly WatchedTime _time;
    private readonly ServiceProvider _provider;
    private bool _isElsewhere;

    public CommandStageTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _time = new WatchedTime(_manual);
        _provider = new ServiceCollection()
            .AddLogging()
            .AddTablesHome(azurite, _time, prefix: _prefix)
            .AddSingleton<ICommandTransport>(provider => new Transport(this, provider.GetRequiredService<IRequestWorker>))
            .BuildServiceProvider();
    }

    public async Task InitializeAsync()
    {
        await _provider.GetRequiredService<ServiceTables>().CreateAsync(default);
        await _provider.GetRequiredService<IDirectorySeed>().SeedAsync(Office.Directory, default);
        await _provider.GetRequiredService<IRequestEngine>().StartAsync(Office.Request("r1", _time.GetUtcNow()), default);
    }

    public Task DisposeAsync() => _provider.DisposeAsync().AsTask();

    [Fact]
    public async Task Send_answersCameFromElsewhere_looksSoon() => await WaitsAsync(Soon);

    [Fact]
    public async Task Send_manyAnswersInARowCameFromWithin_looksLate()
    {
        await AnswerFromWithinAsync();

        await WaitsAsync(Late);
    }

    [Fact]
    public async Task Send_afterAnAnswerThatHadToBeFound_looksSoonAgain()
    {
        await AnswerFromWithinAsync();
        await WaitsAsync(Late);

        await WaitsAsync(Soon);
    }

    private async Task AnswerFromWithinAsync()
    {
        for (var i = 0; i < 8; i++)
        {
            await SendAsync($"within-{i}");
        }
    }

    /// <summary>A command that another process carries out: how long until its receipt is looked for first.</summary>
    private async Task WaitsAsync(TimeSpan pause)
    {
        await using var other = new Worker(_azurite, _manual, _prefix);
        _isElsewhere = true;
        var answer = SendAsync($"elsewhere-{pause}");
        await _time.WaitBeganAsync(pause);
        await other.Get<IRequestWorker>().RunAsync(Office.Tenant, "r1", $"elsewhere-{pause}", [], default);
        _manual.Advance(pause);

        Assert.Null((await answer).Receipt!.Refusal);
    }

    private Task<CommandResult> SendAsync(string id) => _provider.GetRequiredService<IRequestEngine>()
        .SendAsync(Office.Send("r1", new Command.AddComment(id) { By = Office.Actor("ana") }, id), default).AsTask();

    private sealed class Transport(CommandStageTests test, Func<IRequestWorker> worker) : ICommandTransport
    {
        public Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
            SendAsync(tenant, requestId, commandId, cancellation);

        public Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
            test._isElsewhere ? Task.CompletedTask : worker().RunAsync(tenant, requestId, commandId, [], cancellation);
    }
}
