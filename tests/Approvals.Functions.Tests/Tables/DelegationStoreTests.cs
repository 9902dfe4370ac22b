using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Delegations;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What time does to delegations.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class DelegationStoreTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Turn_madeForLater_beginsAndEndsOnceEach()
    {
        await using var adapter = await TablesAdapter.OpenAsync(azurite, operations: null);
        await adapter.SeedAsync(Office.Directory);
        var now = adapter.Time.GetUtcNow();
        var lent = new Delegation
        {
            Id = "d1",
            Delegator = "ana",
            Delegate = "dan",
            From = now.AddHours(1),
            Until = now.AddHours(2),
            CreatedAt = now,
            CreatedBy = "ana",
        };
        await adapter.Delegations.SaveAsync(Office.Tenant, lent, [], [], CancellationToken.None);

        Assert.True(await TurnAsync(adapter, lent, lent.From));
        Assert.False(await TurnAsync(adapter, lent, lent.From));
        var begun = (await adapter.Delegations.FindAsync(Office.Tenant, "d1", CancellationToken.None))!;
        Assert.Equal(lent.From, begun.BeganAt);
        Assert.True(await TurnAsync(adapter, begun, lent.Until));
        Assert.False(await TurnAsync(adapter, begun, lent.Until));

        Assert.Equal([AuditAction.DelegationStarted, AuditAction.DelegationEnded], await adapter.Audit.ReadAsync(Office.Tenant, 0, CancellationToken.None)
            .Select(entry => AuditFields.Read(entry).Action).ToListAsync());
        Assert.Equal(2, (await adapter.Outbox.ReadAsync(0, 10, CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Turn_endedByHandMeanwhile_saysNothing()
    {
        await using var adapter = await TablesAdapter.OpenAsync(azurite, operations: null);
        await adapter.SeedAsync(Office.Directory);
        var now = adapter.Time.GetUtcNow();
        var lent = new Delegation { Id = "d1", Delegator = "ana", Delegate = "dan", From = now.AddHours(1), Until = now.AddHours(2), CreatedAt = now, CreatedBy = "ana" };
        await adapter.Delegations.SaveAsync(Office.Tenant, lent with { EndedAt = now }, [], [], CancellationToken.None);

        Assert.False(await TurnAsync(adapter, lent, lent.From));
        Assert.Empty(await adapter.Audit.ReadAsync(Office.Tenant, 0, CancellationToken.None).ToListAsync());
    }

    private static Task<bool> TurnAsync(TablesAdapter adapter, Delegation delegation, DateTimeOffset at) =>
        adapter.Get<TablesDelegationStore>().TurnAsync(Office.Tenant, delegation, DelegationTurn.Due(Office.Tenant, delegation, at)!);
}
