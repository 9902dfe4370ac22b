using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>The standalone host's ports over a real file in a directory of its own.</summary>
internal sealed class SqliteAdapter : Adapter
{
    private readonly TemporaryDirectory directory;

    public required SqliteStorage Storage { get; init; }

    public override ITenantCatalog Catalog => Storage.Catalog;

    public override IRequestEngine Engine => Storage.Engine;

    public override IRequestStore Requests => Storage.Requests;

    public override IAuditStore Audit => Storage.Audit;

    public override IOutboxStore Outbox => Storage.Outbox;

    public override IPolicyStore Policies => Storage.Policies;

    public override IDelegationStore Delegations => Storage.Delegations;

    public override IDirectoryStore? Directory => Storage.Directory;

    public override ITokenStore? Tokens => Storage.Tokens;

    public override INotificationStore Notifications => Storage.Notifications;

    public override IIdempotencyStore Responses => Storage.Responses;

    public static Task<Adapter> OpenAsync()
    {
        var directory = new TemporaryDirectory();
        var time = new ManualTime();
        return Task.FromResult<Adapter>(
            new SqliteAdapter(directory) { Time = time, Storage = SqliteStorage.Open(directory.Path, time, NullLoggerFactory.Instance) });
    }

    private SqliteAdapter(TemporaryDirectory directory) => this.directory = directory;

    public override async Task SeedAsync(ImmutableArray<TenantDirectory> tenants) => await Storage.Directory.SeedAsync(tenants, default);

    public override async Task CheckpointAsync()
    {
        using var loop = new CheckpointLoop(
            Storage.Catalog, new CheckpointTaker(Storage.Audit, Storage.Engine, Storage.Checkpoints, Storage.Signer, Time), Time, TimeSpan.FromHours(1),
            NullLogger<CheckpointLoop>.Instance);
        await loop.TakeAsync(default);
    }

    public override async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        directory.Dispose();
    }
}
