using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Conformance;

/// <summary>
/// A host's ports, opened over storage of their own. Whatever an adapter does behind them, what these tests see must be the same.
/// </summary>
public abstract class Adapter : IAsyncDisposable
{
    public required ManualTime Time { get; init; }

    public abstract ITenantCatalog Catalog { get; }

    public abstract IRequestEngine Engine { get; }

    public abstract IRequestStore Requests { get; }

    public abstract IAuditStore Audit { get; }

    public abstract IOutboxStore Outbox { get; }

    public abstract IPolicyStore Policies { get; }

    public abstract IDelegationStore Delegations { get; }

    /// <summary>Null where the directory is not the host's own.</summary>
    public abstract IDirectoryStore? Directory { get; }

    public abstract ITokenStore? Tokens { get; }

    public abstract INotificationStore Notifications { get; }

    public abstract IIdempotencyStore Responses { get; }

    /// <summary>Makes tenants and their people known.</summary>
    public abstract Task SeedAsync(ImmutableArray<TenantDirectory> tenants);

    /// <summary>Takes a checkpoint of every tenant's trail.</summary>
    public abstract Task CheckpointAsync();

    /// <summary>Completes when what follows a commit (inboxes, indexes) shows in queries. At once where both are one transaction.</summary>
    public virtual Task SettledAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
