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
