using Approvals.Conformance;
using Approvals.Functions.Tests.Azurite;

namespace Approvals.Functions.Tests.Tables;

[Collection(AzuriteFixture.Collection)]
public sealed class TablesOpenLimitTests(AzuriteFixture azurite) : OpenLimitConformance
{
    protected override Task<Adapter> OpenAsync() => TablesAdapter.OpenAsync(azurite);
}
