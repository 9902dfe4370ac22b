using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Requests;
using Approvals.Standalone.Sqlite;
using Approvals.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>
/// A command decided, and what it writes put into words: all of its work that touches no file. Whoever sends a command prepares it, many at
/// once; the writer, which is one, uses that if the request and the tenant are still those that were looked at, and else prepares it again.
/// </summary>
internal sealed record Prepared
{
    private readonly TenantSnapshot tenant;
    private readonly StoredRequest? before;
    private readonly ImmutableArray<AuditDraft> drafts;
    private readonly ImmutableArray<AuditEntry> entries;

    /// <param name="attempt">The gate call that led to the command, audited before it; none where the command creates nothing.</param>
    public Prepared(TenantSnapshot tenant, StoredRequest? before, Transition transition, ImmutableArray<AuditDraft> attempt)
    {
        this.tenant = tenant;
        this.before = before;
        Transition = transition;
        if (transition.After is not { } after)
        {
            // A creation that was refused: its entries go to the tenant's chain, which only the writer knows the end of.
            return;
        }

        drafts = attempt.IsEmpty ? transition.Audit : [.. attempt, .. transition.Audit];
        entries = AuditChain.Append(after.Id, before?.Head ?? ChainHead.Empty, drafts);
        if (!transition.Events.IsEmpty)
        {
            State = StateWriter.Write(after);
        }

        if (transition.Snapshot is { } snapshot)
        {
            Snapshot = StoreJson.Write(snapshot, ChainJson.Snapshot).ToArray();
        }
    }

    public Transition Transition { get; }

    /// <summary>The state's column; empty where the state does not change.</summary>
    public ReadOnlyMemory<byte> State { get; }

    /// <summary>The column of the snapshot that was taken, if one was.</summary>
    public ReadOnlyMemory<byte>? Snapshot { get; }

    /// <summary>Whether nothing that the decision rests on has changed.</summary>
    public bool Holds(TenantSnapshot present, StoredRequest? current) =>
        ReferenceEquals(tenant, present) && ReferenceEquals(before?.State, current?.State) && ReferenceEquals(before?.Snapshot, current?.Snapshot);

    /// <summary>The entries at their places: others may have been appended meanwhile, without changing the state.</summary>
    public ImmutableArray<AuditEntry> Entries(ChainHead head) =>
        head == (before?.Head ?? ChainHead.Empty) ? entries : AuditChain.Append(Transition.After!.Id, head, drafts);
}
