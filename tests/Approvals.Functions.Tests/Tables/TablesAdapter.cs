using System.Collections.Immutable;
using Approvals.Conformance;
using Approvals.Directory;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Approvals.Testing;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Tables;

/// <summary>The Azure home's ports over tables of their own.</summary>
internal sealed class TablesAdapter : Adapter
{
    private readonly Consumers _consumers;

    private TablesAdapter(TableClient events, TableClient personal, TableClient responses, ManualTime time)
    {
        _consumers = new Consumers(events, time, NullLogger<Consumers>.Instance);
        Outbox = new ConsumersOnly(_consumers);
        Notifications = new TablesNotificationStore(personal, time);
        Responses = new TablesIdempotencyStore(responses);
    }

    public override ITenantCatalog Catalog => throw new NotSupportedException();

    public override IRequestEngine Engine => throw new NotSupportedException();

    public override IRequestStore Requests => throw new NotSupportedException();

    public override IAuditStore Audit => throw new NotSupportedException();

    public override IOutboxStore Outbox { get; }

    public override IPolicyStore Policies => throw new NotSupportedException();

    public override IDelegationStore Delegations => throw new NotSupportedException();

    public override IDirectoryStore? Directory => null;

    public override ITokenStore? Tokens => null;

    public override INotificationStore Notifications { get; }

    public override IIdempotencyStore Responses { get; }

    public static async Task<Adapter> OpenAsync(AzuriteFixture azurite)
    {
        var time = new ManualTime();
        return new TablesAdapter(await azurite.TableAsync(), await azurite.TableAsync(), await azurite.TableAsync(), time) { Time = time };
    }

    public override Task SeedAsync(ImmutableArray<TenantDirectory> tenants) => Task.CompletedTask;

    public override Task CheckpointAsync() => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => _consumers.DisposeAsync();
}
