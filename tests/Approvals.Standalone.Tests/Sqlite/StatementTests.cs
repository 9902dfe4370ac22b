using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Inbox;
using Approvals.Standalone.Tests.Engine;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>Statements are kept by their text, a bounded number of them: reading again must not prepare again.</summary>
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Count_readAgain_preparesNothing(int people)
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var query = new InboxQuery
        {
            Tenant = Office.Tenant,
            Authorities = [new InboxAuthority("ana", ["*"]), .. Enumerable.Range(1, people - 1).Select(i => new InboxAuthority($"p{i}", ["*"]))],
            Now = storage.Now,
        };
        var tenant = storage.On.Catalog.NumberOf(Office.Tenant)!.Value;
        using var connection = Connection.OpenReader(Path.Combine(storage.Directory.Path, "approvals.db"));
        Assert.Equal(1, InboxReader.Count(connection, tenant, TimeZoneInfo.Utc, query).Count);
        var prepared = connection.Prepared;
        for (var i = 0; i < 1000; i++)
        {
            InboxReader.Count(connection, tenant, TimeZoneInfo.Utc, query);
        }

        Assert.Equal((prepared, (int)prepared), (connection.Prepared, connection.Statements));
    }

    [Fact]
    public async Task Prepare_composedText_isKeptByItsText()
    {
        await using var storage = await Storage.OpenAsync();
        using var connection = Connection.OpenReader(Path.Combine(storage.Directory.Path, "approvals.db"));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(i % 3, connection.Number($"SELECT {i % 3}"));
        }

        Assert.Equal((3, 3), (connection.Prepared, connection.Statements));
    }

    [Fact]
    public async Task Prepare_manyTexts_keepsWhatIsUsed_andABoundedNumber()
    {
        await using var storage = await Storage.OpenAsync();
        using var connection = Connection.OpenReader(Path.Combine(storage.Directory.Path, "approvals.db"));
        var open = connection.Prepare("SELECT id FROM tenant");
        Assert.True(open.Step());
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(i, connection.Number($"SELECT {i}"));
            Assert.Equal(-1, connection.Number("SELECT -1"));
            Assert.InRange(connection.Statements, 1, Connection.MaxStatements);
        }

        // Neither the one in use, nor the one that is used all the time.
        Assert.Equal(10_002, connection.Prepared);
        Assert.Equal(Office.Tenant, open.Text(0));
    }

    [Fact]
    public async Task Ports_readAgain_prepareNothing()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, businessKey: "b1"));
        await ReadAsync(storage);
        var (prepared, kept) = await CountAsync(storage);
        await ReadAsync(storage);
        Assert.Equal((prepared, kept), await CountAsync(storage));
    }

    private static async Task ReadAsync(Storage storage)
    {
        var (page, none) = (new PageRequest(), CancellationToken.None);
        foreach (var search in new[] { null, "desk" })
        {
            InboxQuery inbox = new() { Tenant = Office.Tenant, Authorities = [new InboxAuthority("ana", ["*"])], Search = search, Now = storage.Now };
            await storage.On.Requests.InboxAsync(inbox, page, none);
            await storage.On.Requests.CountInboxAsync(inbox, none);
        }

        RequestQuery requests = new() { Tenant = Office.Tenant };
        foreach (var query in new[] { requests, requests with { Requester = "rita" }, requests with { Status = Approvals.Chains.RequestStatus.InReview } })
        {
            await storage.On.Requests.ListAsync(query, page, none);
        }

        AuditQuery trail = new() { Tenant = Office.Tenant };
        foreach (var query in new[] { trail, trail with { Actor = "rita" }, trail with { From = storage.Now.AddDays(-1), To = storage.Now.AddDays(1) } })
        {
            await storage.On.Audit.QueryAsync(query, page, none);
        }

        await storage.On.Requests.FindAsync(Office.Tenant, "r1", none);
        await storage.On.Requests.HistoryAsync(Office.Tenant, "r1", page, none);
        await storage.On.Outbox.ReadAsync(0, 10, none);
        await storage.On.Outbox.DeadLettersAsync(Office.Tenant, page, none);
        await storage.On.Delegations.ListAsync(Office.Tenant, null, page, none);
        await storage.On.Policies.ListAsync(Office.Tenant, null, none);
    }

    private static async Task<(long Prepared, int Kept)> CountAsync(Storage storage) =>
        await storage.On.Readers.ReadAsync(connection => (connection.Prepared, connection.Statements), default);
}
