using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Conformance;

/// <summary>Opens an adapter with the <see cref="Office"/> for each test.</summary>
public abstract class ConformanceTest : IAsyncLifetime
{
    private Adapter? adapter;

    protected Adapter On => adapter!;

    protected static CancellationToken None => CancellationToken.None;

    protected DateTimeOffset Now => On.Time.GetUtcNow();

    protected abstract Task<Adapter> OpenAsync();

    public async Task InitializeAsync()
    {
        adapter = await OpenAsync();
        await adapter.SeedAsync(Office.Directory);
    }

    public async Task DisposeAsync() => await On.DisposeAsync();

    protected async Task<StoredRequest> StartAsync(StartRequest start)
    {
        var result = await On.Engine.StartAsync(start, None);
        Assert.Null(result.Refusal);
        return result.Request!;
    }

    protected async Task<CommandResult> SendAsync(string requestId, Command command, string? commandId = null) =>
        await On.Engine.SendAsync(Office.Send(requestId, command, commandId), None);

    /// <summary>A request that ana and then cleo have approved.</summary>
    protected async Task<StoredRequest> ApprovedAsync(StartRequest start)
    {
        var request = await StartAsync(start);
        await SendAsync(request.State.Id, Office.Approve("ana"));
        return (await SendAsync(request.State.Id, Office.Approve("cleo"))).Request!;
    }

    /// <summary>Follows a list to its end.</summary>
    protected static async Task<List<T>> AllAsync<T>(Func<PageRequest, ValueTask<Page<T>>> list, int limit)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(new PageRequest(limit, cursor));
            Assert.True(page.Items.Length <= limit);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    protected static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
