using Approvals.Conformance;

namespace Approvals.Standalone.Tests.Sqlite;

public sealed class SqliteOpenLimitTests : OpenLimitConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}
