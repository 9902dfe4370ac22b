using Approvals.Conformance;
using Approvals.Functions.Tests.Azurite;

namespace Approvals.Functions.Tests.Tables;

[Collection(AzuriteFixture.Collection)]
public sealed class TablesKeepingTests(AzuriteFixture azurite) : KeepingConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesConsumerTests(AzuriteFixture azurite) : ConsumerConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesEngineTests(AzuriteFixture azurite) : EngineConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesBusinessKeyTests(AzuriteFixture azurite) : BusinessKeyConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesRequestStoreTests(AzuriteFixture azurite) : RequestStoreConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesInboxTests(AzuriteFixture azurite) : InboxConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesAuditTests(AzuriteFixture azurite) : AuditConformance
{
    /// <summary>The emulator looks through a whole table for every query.</summary>
    protected override int Step => 25;

    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesOutboxTests(AzuriteFixture azurite) : OutboxConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesGovernanceTests(AzuriteFixture azurite) : GovernanceConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesNotifiedTests(AzuriteFixture azurite) : NotifiedConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class TablesLimitTests(AzuriteFixture azurite) : LimitConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}
