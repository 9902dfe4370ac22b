using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Versions of policies; beside them a row for each key with its last and its active version.</summary>
internal sealed class TablesPolicyStore(TenantChanges tenants) : IPolicyStore
{
    public async ValueTask<ImmutableArray<PolicyVersion>> ListAsync(string tenant, string? key, CancellationToken cancellation)
    {
        var beginning = key is null ? TenantRows.Versions : TenantRows.VersionsOf(key);
        var rows = await tenants.Table.ListAsync(TenantTrail.PartitionOf(tenant), beginning, cancellation);
        return [.. rows.Select(TenantRows.VersionOf).OrderBy(v => v.Policy.Key, StringComparer.Ordinal).ThenByDescending(v => v.Version)];
    }

    public async ValueTask<PolicyVersion> AddDraftAsync(string tenant, Policy policy, Value source, AuditDraft audit, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var (last, active) = await KeyRowAsync(batch, policy.Key);
                var draft = new PolicyVersion
                {
                    Policy = policy,
                    Version = last + 1,
                    Status = PolicyStatus.Draft,
                    Source = source,
                    CreatedBy = audit.Actor.Id,
                    CreatedAt = audit.At,
                };
                Put(batch, draft);
                PutKeyRow(batch, policy.Key, last + 1, active);
                TenantTrail.Append(batch, [audit with { Policy = new(policy.Key, draft.Version) }]);
                return draft;
            },
            changes: _ => true,
            [],
            []);

    public async ValueTask<bool> ChangeAsync(
        string tenant, PolicyStatus expected, PolicyVersion changed, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events,
        CancellationToken cancellation) => await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var key = changed.Policy.Key;
                if (await batch.FindAsync(TenantRows.Version(key, changed.Version)) is not { } row || TenantRows.VersionOf(row).Status != expected)
                {
                    return false;
                }

                var (last, active) = await KeyRowAsync(batch, key);
                if (changed.Status == PolicyStatus.Active && expected != PolicyStatus.Active && changed.Replaces is { } meant && meant != active)
                {
                    return false;
                }

                if (changed.Status == PolicyStatus.Active && active != 0 && active != changed.Version
                    && await batch.FindAsync(TenantRows.Version(key, active)) is { } former)
                {
                    Put(batch, TenantRows.VersionOf(former) with { Status = PolicyStatus.Retired, RetiredAt = changed.PublishedAt, PendingRequest = null });
                }

                Put(batch, changed);
                PutKeyRow(batch, key, last, changed.Status == PolicyStatus.Active ? changed.Version : active == changed.Version ? 0 : active);
                return true;
            },
            changes: written => written,
            audit,
            events);

    private static async ValueTask<(int Last, int Active)> KeyRowAsync(PartitionBatch batch, string key) =>
        await batch.FindAsync(TenantRows.Policy(key)) is { } row ? (row.GetInt32("last")!.Value, row.GetInt32("active")!.Value) : (0, 0);

    private static void PutKeyRow(PartitionBatch batch, string key, int last, int active)
    {
        var row = batch.Row(TenantRows.Policy(key));
        row["last"] = last;
        row["active"] = active;
        batch.Put(row);
    }

    private static void Put(PartitionBatch batch, PolicyVersion version)
    {
        var row = batch.Row(TenantRows.Version(version.Policy.Key, version.Version));
        row["active"] = version.Status == PolicyStatus.Active;
        batch.Put(row.With("body", version, TableJson.Default.PolicyVersion));
    }
}
