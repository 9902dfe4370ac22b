using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Tenants;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Standalone.Engine;

/// <summary>Decides commands, for the writer or ahead of it.</summary>
internal sealed class Preparation(TimeProvider time, TenantCatalog catalog, RequestCache cache)
{
    /// <summary>On the sender's thread, for a request that does not exist yet. Null where there is no such tenant, or where another request seems to answer.</summary>
    public Prepared? Ahead(StartRequest start) =>
        catalog.Find(start.Create.Tenant) is { } tenant && !IsAnswered(tenant.Number, start) ? Run(start, tenant.Snapshot) : null;

    /// <summary>On the sender's thread. Null where the request is not at hand: reading it is left to the writer.</summary>
    public Prepared? Ahead(CommandEnvelope envelope) =>
        catalog.Find(envelope.Tenant) is { } tenant && cache.Peek(tenant.Number, envelope.RequestId) is { } row
            ? Run(envelope, tenant.Snapshot, row.Stored)
            : null;

    public Prepared Run(StartRequest start, TenantSnapshot tenant) =>
        Run(start.Create, tenant, null, start.Submit, Attempt(start, start.Create.RequestId));

    public Prepared Run(CommandEnvelope envelope, TenantSnapshot tenant, StoredRequest? current) => Run(envelope, tenant, current, submit: false, []);

    /// <summary>The gate call, on the chain of the request that it started or found.</summary>
    public static ImmutableArray<AuditDraft> Attempt(StartRequest start, string? requestId) =>
        start.Attempt is { } attempt ? [attempt with { RequestId = requestId }] : [];

    /// <summary>What time commands of a request.</summary>
    public static CommandEnvelope Due(StoredRequest request, DueKind kind, TenantSnapshot tenant, DateTimeOffset now) =>
        Synchronous(DueCommands.OfAsync(request.State, kind, now, new LevelResolver(tenant, request.Snapshot)));

    /// <summary>A guess, by what is in memory: the writer looks itself, and prepares what is to be started after all.</summary>
    private bool IsAnswered(long tenant, StartRequest start) =>
        ((Command.Create)start.Create.Command).BusinessKey is { } key
        && cache.PeekByKey(tenant, key) is { } row
        && BusinessKey.StillAnswers(row.Stored.State, start.Reopen, time.GetUtcNow());

    private Prepared Run(CommandEnvelope envelope, TenantSnapshot tenant, StoredRequest? current, bool submit, ImmutableArray<AuditDraft> attempt)
    {
        var now = time.GetUtcNow();
        envelope = Authority.Still(tenant, envelope, current?.State, now);

        // A command without snapshot to a request that does not exist is refused before anything is resolved.
        var snapshot = envelope.Snapshot ?? current?.Snapshot;
        ILevelResolver resolver = snapshot is null ? NoLevels.Instance : new LevelResolver(tenant, snapshot);
        var transition = Synchronous(Transitions.RunAsync(current, envelope, now, resolver, submit));
        return new Prepared(tenant, current, transition, attempt);
    }

    private static T Synchronous<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The writer can't wait: resolvers complete synchronously.");
}
