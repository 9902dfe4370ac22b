using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Values;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Versions of policies.</summary>
internal sealed class SqlitePolicyStore(ReaderPool readers, Writer writer, TenantCatalog catalog) : IPolicyStore
{
    public async ValueTask<ImmutableArray<PolicyVersion>> ListAsync(string tenant, string? key, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
            ? [.. await readers.ReadAsync(connection => PolicyTable.List(connection, number, key), cancellation)]
            : [];

    public ValueTask<PolicyVersion> AddDraftAsync(string tenant, Policy policy, Value source, AuditDraft audit, CancellationToken cancellation) =>
        writer.RunAsync(
            ledger =>
            {
                var entry = ledger.Tenants.Get(tenant);
                var version = new PolicyVersion
                {
                    Policy = policy,
                    Version = ledger.Policies.LastVersion(entry.Number, policy.Key) + 1,
                    Status = PolicyStatus.Draft,
                    Source = source,
                    CreatedBy = audit.Actor.Id,
                    CreatedAt = audit.At,
                };
                ledger.Policies.Save(entry, version);
                ledger.Record(entry, [audit with { Policy = new(policy.Key, version.Version) }]);
                return version;
            },
            cancellation);

    public ValueTask<bool> ChangeAsync(
        string tenant, PolicyStatus expected, PolicyVersion changed, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation) =>
        writer.RunAsync(
            ledger =>
            {
                var entry = ledger.Tenants.Get(tenant);
                if (ledger.Policies.Find(entry.Number, changed.Policy.Key, changed.Version)?.Status != expected)
                {
                    return false;
                }

                var publishes = changed.Status == PolicyStatus.Active && expected != PolicyStatus.Active;
                var replaced = publishes ? Active(ledger, entry, changed.Policy.Key) : null;
                if (publishes && changed.Replaces is { } meant && meant != (replaced?.Version ?? 0))
                {
                    return false;
                }

                if (replaced is not null)
                {
                    ledger.Policies.Save(entry, replaced with { Status = PolicyStatus.Retired, RetiredAt = changed.PublishedAt, PendingRequest = null });
                }

                ledger.Policies.Save(entry, changed);
                ledger.Record(entry, audit);
                ledger.Outbox.Append(events);
                if (expected == PolicyStatus.Active || changed.Status == PolicyStatus.Active)
                {
                    ledger.Policies.Refresh(tenant);
                }

                return true;
            },
            cancellation);

    private static PolicyVersion? Active(Ledger ledger, TenantEntry entry, string key) =>
        PolicyTable.List(ledger.Connection, entry.Number, key).Find(version => version.Status == PolicyStatus.Active);
}
