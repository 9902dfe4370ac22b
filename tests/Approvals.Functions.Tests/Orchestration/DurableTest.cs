using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Conformance;
using Approvals.Functions.Tests.Azurite;
using Approvals.Requests;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>A test over real orchestrations; every request of it has an id that no other test uses.</summary>
[Collection(AzuriteFixture.Collection)]
public abstract class DurableTest(DurableHome home) : IClassFixture<DurableHome>
{
    protected static CancellationToken None => CancellationToken.None;

    protected DurableHome Home { get; } = home;

    protected static string NewId() => $"r{Guid.NewGuid():N}";

    /// <summary>A request by rita to ana, with what the test needs of the level.</summary>
    protected static StartRequest Request(string id, Func<LevelDefinition, LevelDefinition> shape, Func<Command.Create, Command.Create>? create = null)
    {
        var start = Office.Request(id, DateTimeOffset.UtcNow, levels: [shape(Office.Level("Manager", "ana"))]);
        return create is null ? start : start with { Create = start.Create with { Command = create((Command.Create)start.Create.Command) } };
    }

    protected async Task<StoredRequest> StartAsync(StartRequest start)
    {
        var started = await Home.Engine.StartAsync(start, None);
        Assert.Null(started.Refusal);
        return started.Request!;
    }

    protected async Task<CommandResult> SendAsync(string requestId, Command command, string? commandId = null) =>
        await Home.Engine.SendAsync(Office.Send(requestId, command, commandId), None);

    /// <summary>Waits, as a caller does, until the request is as asked.</summary>
    protected async Task<StoredRequest> UntilAsync(string requestId, Func<StoredRequest, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var found = (await Home.Requests.FindAsync(Office.Tenant, requestId, None))!;
        while (!isSo(found))
        {
            found = (await Home.Requests.WaitAsync(Office.Tenant, requestId, found.State.Version, TimeSpan.FromSeconds(30), patience.Token))!;
        }

        return found;
    }
}
