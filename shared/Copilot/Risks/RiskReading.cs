using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Policies.Simulation;
using Approvals.Ports;
using Approvals.Reports;
using Approvals.Tenants;

namespace Approvals.Copilot.Risks;

/// <summary>Reads what a risk scan looks at: a bounded amount, and says where that was not all.</summary>
public sealed class RiskReading(IAuditStore audit, IDelegationStore delegations, RecordedChecks checks)
{
    private const int MostDelegations = 1000;
    private const int PageSize = 200;

    private static readonly string[] Endings =
        [AuditAction.LevelApproved, AuditAction.Withdrawn, AuditAction.Expired, AuditAction.Escalated, AuditAction.ChangesRequested];

    /// <param name="calls">At most so many gate calls.</param>
    public async ValueTask<RiskScope> ReadAsync(TenantSnapshot tenant, DateTimeOffset from, DateTimeOffset to, int calls, CancellationToken cancellation)
    {
        var recorded = await checks.LastAsync(tenant, calls, from, to, cancellation);
        var decisions = await ReadAsync(AuditAction.Approved, AuditAction.Rejected);
        var entered = await ReadAsync(AuditAction.LevelEntered);
        var ended = await ReadAsync(Endings);
        var overrides = await ReadAsync(AuditAction.Overridden);
        var (lent, more) = await DelegationsAsync(tenant.Settings.Id, cancellation);
        return new RiskScope
        {
            Tenant = tenant,
            From = from,
            To = to,
            Calls = Once(recorded),
            Decisions = decisions.Entries,
            Entered = entered.Entries,
            Ended = ended.Entries,
            Overrides = overrides.Entries,
            Delegations = lent,
            Truncated = recorded.Length >= calls || decisions.Truncated || entered.Truncated || ended.Truncated || overrides.Truncated || more,
        };

        async ValueTask<Trail> ReadAsync(params string[] actions)
        {
            var entries = new List<AuditFields>();
            var truncated = false;
            foreach (var action in actions)
            {
                var trail = await Trail.ReadAsync(audit, tenant.Settings.Id, action, from, to, static _ => true, cancellation);
                entries.AddRange(trail.Entries);
                truncated |= trail.Truncated;
            }
            return new Trail([.. entries.OrderBy(entry => entry.At)], truncated);
        }
    }

    /// <summary>A repeated check of the same thing is one case.</summary>
    private static ImmutableArray<RecordedCheck> Once(ImmutableArray<RecordedCheck> newestFirst) =>
    [
        .. newestFirst.Reverse().DistinctBy(call => (call.Check.Actor.Id, call.Check.ActionType, call.Check.Subject, call.Check.Payload)),
    ];

    private async ValueTask<(ImmutableArray<Delegation> Found, bool More)> DelegationsAsync(string tenant, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Delegation>();
        string? cursor = null;
        do
        {
            var page = await delegations.ListAsync(tenant, null, new PageRequest(PageSize, cursor), cancellation);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count < MostDelegations);
        return (found.ToImmutable(), cursor is not null);
    }
}
