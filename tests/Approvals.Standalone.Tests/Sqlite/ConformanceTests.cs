using Approvals.Conformance;

namespace Approvals.Standalone.Tests.Sqlite;

public sealed class SqliteEngineTests : EngineConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteBusinessKeyTests : BusinessKeyConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteRequestStoreTests : RequestStoreConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteInboxTests : InboxConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteAuditTests : AuditConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteOutboxTests : OutboxConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteConsumerTests : ConsumerConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteGovernanceTests : GovernanceConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteKeepingTests : KeepingConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteNotifiedTests : NotifiedConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}

public sealed class SqliteLimitTests : LimitConformance
{
    protected override Task<Adapter> OpenAsync() => SqliteAdapter.OpenAsync();
}
