using Approvals.Conformance;
using Approvals.Inbox;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Inbox;
using Approvals.Standalone.Tests.Engine;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>Statements are kept by their text for the life of a connection: reading again must not prepare again.</summary>
public sealed class StatementTests
{
    [Theory]
    [InlineData(InboxSort.Due, null)]
    [InlineData(InboxSort.Due, "desk")]
    [InlineData(InboxSort.Newest, null)]
    [InlineData(InboxSort.Newest, "desk")]
    public async Task Inbox_readAgain_preparesNothing(InboxSort sort, string? search)
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var query = new InboxQuery
        {
            Tenant = Office.Tenant,
            Authorities = [new InboxAuthority("cleo", ["*"]), new InboxAuthority("ana", ["*"])],
            Sort = sort,
            Search = search,
            Now = storage.Now,
        };
        var tenant = storage.On.Catalog.NumberOf(Office.Tenant)!.Value;
        using var connection = Connection.OpenReader(Path.Combine(storage.Directory.Path, "approvals.db"));
        Assert.Single(InboxReader.Page(connection, tenant, TimeZoneInfo.Utc, query, new PageRequest()).Items);
        var prepared = connection.Statements;
        Assert.Single(InboxReader.Page(connection, tenant, TimeZoneInfo.Utc, query, new PageRequest()).Items);
        Assert.Equal(prepared, connection.Statements);
    }
}
