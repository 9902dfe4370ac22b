using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Inbox;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Functions.Tests.Crash;

/// <summary>
/// Calls and orchestrations on two workers that share nothing but the storage account, as Flex Consumption runs them: equal gate calls come in while the
/// request is being created.
/// </summary>
[Collection(AzuriteFixture.Collection)]
public sealed class TwoWorkersTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Rounds = 250;
    private const int CallsOfARound = 4;
    private const int RoundsAtOnce = 8;

    private readonly string _prefix = TablesHome.NewPrefix();
    private Worker _durable = null!;
    private Worker _http = null!;

    public async Task InitializeAsync()
    {
        _durable = new Worker(azurite, TimeProvider.System, _prefix, retries: 3);
        _http = new Worker(azurite, TimeProvider.System, _prefix, retries: 3, transport: new DirectTransport(_durable.Get<IRequestWorker>));
        await _durable.Get<ServiceTables>().CreateAsync(default);
        await _durable.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
    }

    public async Task DisposeAsync()
    {
        await _http.DisposeAsync();
        await _durable.DisposeAsync();
    }

    [Fact]
    public async Task Gate_equalCallsWhileTheRequestIsCreated_oneRequestStandsOnceEverywhere()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Rounds), new ParallelOptions { MaxDegreeOfParallelism = RoundsAtOnce }, async (round, _) =>
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, CallsOfARound).Select(call => AskAsync($"{round}", $"r{round}-{call}")));
            Assert.Single(ids.Distinct());
        });

        await StandOnceAsync(Rounds);
        var checks = await _durable.Get<IAuditStore>().ReadAsync(Office.Tenant, 0, default).CountAsync(entry => AuditFields.Read(entry).Action == AuditAction.GateChecked);
        Assert.Equal(Rounds * CallsOfARound, checks);
    }

    /// <summary>As a process sees it that knows nothing yet.</summary>
    private async Task StandOnceAsync(int requests)
    {
        await using var reader = new Worker(azurite, TimeProvider.System, _prefix);
        var verification = await reader.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default);
        Assert.True(verification.Valid, verification.FirstInvalid?.ToString());
        var listed = await reader.Get<IRequestStore>().ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(1000), default);
        Assert.Equal(requests, listed.Items.Length);
        var inbox = new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority("ana", ["*"])], Now = DateTimeOffset.UtcNow };
        Assert.Equal(requests, (await reader.Get<IRequestStore>().CountInboxAsync(inbox, default)).Count);
        Assert.Equal(requests, (await reader.Get<IRequestStore>().InboxAsync(inbox, new PageRequest(1000), default)).Items.Select(item => item.Id).Distinct().Count());
        var events = await reader.Get<IOutboxStore>().ReadAsync(0, 10_000, default);
        Assert.Equal(events.Length, events.Select(record => record.Event.Id).Distinct().Count());
    }

    /// <summary>What two workers do after a creation, in every order: carry it over, record a repeated call, carry it over once more.</summary>
    [Fact]
    public async Task Creation_carriedOverInAnyOrder_standsOnce()
    {
        var orders = Orders(4).ToList();
        foreach (var (order, i) in orders.Select((order, i) => (order, i)))
        {
            var id = $"o{i}";
            var start = Office.Request(id, DateTimeOffset.UtcNow, subject: id);
            await _durable.Get<CommandStage>().StageAsync(new StagedCommand(start.Create, Submit: true), default);
            var committed = (await _durable.Get<RequestCommits>().RunAsync(Office.Tenant, id, start.Create.CommandId, default)).Rows!;
            foreach (var step in order)
            {
                await (step switch
                {
                    0 => _durable.Get<Dispatcher>().DispatchAsync(committed, default),
                    1 => _http.Engine.RecordAsync([Office.Entry(DateTimeOffset.UtcNow) with { RequestId = id }], default).AsTask(),
                    2 => _durable.Engine.RecordAsync([Office.Entry(DateTimeOffset.UtcNow) with { RequestId = id }], default).AsTask(),
                    _ => _http.Get<Dispatcher>().DispatchAsync(committed, default),
                });
            }
        }

        await StandOnceAsync(orders.Count);
    }

    private static IEnumerable<int[]> Orders(int steps) => steps == 0
        ? [[]]
        : Orders(steps - 1).SelectMany(order => Enumerable.Range(0, steps).Select(at => (int[])[.. order[..at], steps - 1, .. order[at..]]));

    private async Task<string> AskAsync(string subject, string id)
    {
        var now = DateTimeOffset.UtcNow;
        var start = Office.Request(id, now, subject: subject, businessKey: $"key-{subject}") with { Attempt = Office.Entry(now) };
        return (await _http.Engine.StartAsync(start, default)).Request!.State.Id;
    }
}
