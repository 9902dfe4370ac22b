using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Functions.Tests.Crash;

/// <summary>The request that an event tells of: from memory only where that is as late as the event.</summary>
public sealed class FoundByEventTests(AzuriteFixture azurite) : OneRequestTest(azurite)
{
    [Fact]
    public async Task Find_whatThisProcessCommitted_asksTheStorageForNothing()
    {
        var happened = await LastAsync(First);
        Operations.Forget();

        var found = await First.Get<IRequestStore>().FindAsync(happened, default);

        Assert.Equal(EventId.VersionOf(happened), found!.State.Version);
        Assert.Equal(0, Operations.Count);
    }

    [Fact]
    public async Task Find_whatAnotherProcessCommittedLater_isNotWhatThisOneRemembers()
    {
        await using var other = Another();
        await other.Engine.SendAsync(Office.Send("r1", new Command.AddComment("Why?") { By = Office.Actor("ana") }), default);
        var happened = await LastAsync(other);

        var found = await First.Get<IRequestStore>().FindAsync(happened, default);

        Assert.True(EventId.VersionOf(happened) > 1);
        Assert.Equal(EventId.VersionOf(happened), found!.State.Version);
    }

    private static async Task<OutboxEvent> LastAsync(Worker worker) => (await worker.Get<IOutboxStore>().ReadAsync(0, 100, default))[^1].Event;
}
