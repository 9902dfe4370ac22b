using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Requests;
using Approvals.Standalone.Due;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>Storage in a directory of its own that can be closed and opened again.</summary>
internal sealed class Storage : IAsyncDisposable
{
    private SqliteStorage? open;

    public TemporaryDirectory Directory { get; } = new();

    public ManualTime Time { get; } = new();

    public DateTimeOffset Now => Time.GetUtcNow();

    public SqliteStorage On => open ??= SqliteStorage.Open(Directory.Path, Time, NullLoggerFactory.Instance);

    public static async Task<Storage> OpenAsync()
    {
        var storage = new Storage();
        await storage.On.Directory.SeedAsync(Office.Directory, default);
        return storage;
    }

    public async Task ReopenAsync()
    {
        await On.DisposeAsync();
        open = null;
    }

    public async Task<StoredRequest> StartAsync(StartRequest start) => (await On.Engine.StartAsync(start, default)).Request!;

    public async Task<CommandResult> SendAsync(string requestId, Command command, string? commandId = null) =>
        await On.Engine.SendAsync(Office.Send(requestId, command, commandId), default);

    public async Task<StoredRequest> FindAsync(string requestId) => (await On.Requests.FindAsync(Office.Tenant, requestId, default))!;

    public DueLoop DueLoop() => new(On.Engine, On.Readers, On.Announcements, Time, NullLogger<DueLoop>.Instance);

    public async ValueTask DisposeAsync()
    {
        if (open is not null)
        {
            await open.DisposeAsync();
        }

        Directory.Dispose();
    }
}
