using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Audit;
using Approvals.Standalone.Sqlite.Outbox;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Engine;

/// <summary>
/// The file as the writer has it: every table's writing side, and one transaction around them. What it holds in memory is what was
/// committed, plus what the running transaction has changed; a rollback forgets the latter.
/// </summary>
internal sealed class Ledger(Connection connection, TenantCatalog catalog, RequestCache cache, Announcements announcements)
{
    public Connection Connection { get; } = connection;

    public TenantTable Tenants { get; } = new(connection, catalog);

    public RequestTable Requests { get; } = new(connection, cache);

    public AuditLog Audit { get; } = new(connection);

    public OnceTable Once { get; } = new(connection);

    public OutboxLog Outbox { get; } = new(connection);

    public ReceiptTable Receipts { get; } = new(connection);

    public BusinessKeyTable BusinessKeys { get; } = new(connection);

    public DueTable Due { get; } = new(connection);

    public WaitingTable Waiting { get; } = new(connection);

    public AgentOpenTable AgentOpen { get; } = new(connection);

    public PersonTable People => field ??= new(Connection, Tenants);

    public SeedTable Seeds => field ??= new(Connection);

    public PolicyTable Policies => field ??= new(Connection, Tenants);

    public DelegationTable Delegations => field ??= new(Connection, Tenants);

    /// <summary>
    /// Reads what writing continues from. Also after a fault that leaves in doubt what the file has: a transaction that could not be rolled back
    /// then is rolled back first.
    /// </summary>
    public void Open()
    {
        Rollback();
        cache.Clear();
        Tenants.Open();
        Requests.Open();
        BusinessKeys.Open();
        AgentOpen.Open();
        Audit.Open();
        Outbox.Open();
    }

    /// <summary>Transactions begun so far.</summary>
    public long Transactions { get; private set; }

    public void Begin()
    {
        Connection.Prepare("BEGIN IMMEDIATE").Run();
        Transactions++;
    }

    /// <summary>Makes everything since <see cref="Begin"/> durable. Nobody sees it before <see cref="Publish"/>.</summary>
    public void Commit()
    {
        Tenants.Flush();
        BusinessKeys.Settle();
        AgentOpen.Flush();
        Connection.Prepare("COMMIT").Run();
    }

    /// <summary>Shows to the rest of the process what was committed.</summary>
    public void Publish()
    {
        var changed = Requests.Changed.ToArray();
        Tenants.Commit();
        Requests.Commit();
        BusinessKeys.Commit();
        Audit.Commit();
        Outbox.Commit();
        announcements.Committed(changed, Outbox.Committed, Due.Earliest);
        Due.Forget();
    }

    /// <summary>Undoes everything since <see cref="Begin"/>; in memory also where the database refuses.</summary>
    public void Rollback()
    {
        Connection.ResetAll();
        try
        {
            if (Connection.InTransaction)
            {
                Connection.Prepare("ROLLBACK").Run();
            }
        }
        finally
        {
            Tenants.Rollback();
            Requests.Rollback();
            AgentOpen.Rollback();
            Audit.Rollback();
            Outbox.Rollback();
            Due.Forget();
            // Reads the file again, which may fail too.
            BusinessKeys.Rollback();
        }
    }

    /// <summary>Appends to the chain of a request.</summary>
    public void Record(RequestRow row, ImmutableArray<AuditDraft> entries)
    {
        if (Once.OfRequest(row.Number, entries) is { IsEmpty: false } fresh)
        {
            var last = row.Stored.Head;
            var head = Audit.Append(row.Tenant, row.Number, last, AuditChain.Append(row.Stored.State.Id, last, fresh));
            Requests.UpdateHead(row, head);
        }
    }

    /// <summary>Appends to the tenant's own chain.</summary>
    public void Record(TenantEntry tenant, ImmutableArray<AuditDraft> entries)
    {
        if (Once.OfTenant(tenant.Number, entries) is { IsEmpty: false } fresh)
        {
            var last = Tenants.Head(tenant.Number);
            Tenants.MoveHead(tenant.Number, Audit.Append(tenant.Number, 0, last, AuditChain.Append(AuditChain.TenantChain, last, fresh)));
        }
    }
}
