using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>How many requests each agent has open, by action type. Counts in use are held in memory; a transaction writes those that it changed, once each.</summary>
/// <remarks>Belongs to the writer's thread.</remarks>
internal sealed class AgentOpenTable(Connection connection)
{
    /// <summary>Counts held in memory.</summary>
    private const int MaxHeld = 10_000;

    private readonly Dictionary<(long Tenant, string Agent, string ActionType), long> counts = [];
    private readonly HashSet<(long Tenant, string Agent, string ActionType)> changed = [];

    public void Open()
    {
        counts.Clear();
        changed.Clear();
    }

    public long Find(long tenant, string agent, string actionType) => Find((tenant, agent, actionType));

    /// <param name="before">Null: it is new.</param>
    public void Move(long tenant, RequestState? before, RequestState after)
    {
        var counts = OpenLimit.Counts(after);
        if (counts != OpenLimit.Counts(before))
        {
            var key = (tenant, after.Requester.Id, after.ActionType);
            this.counts[key] = Find(key) + (counts ? 1 : -1);
            changed.Add(key);
        }
    }

    /// <summary>Before a commit.</summary>
    public void Flush()
    {
        foreach (var key in changed)
        {
            Write(key, counts[key]);
        }

        changed.Clear();
        if (counts.Count > MaxHeld)
        {
            counts.Clear();
        }
    }

    /// <summary>The file has what was committed last.</summary>
    public void Rollback() => Open();

    private long Find((long Tenant, string Agent, string ActionType) key)
    {
        if (!counts.TryGetValue(key, out var count))
        {
            var row = connection.Prepare("SELECT count FROM agent_open WHERE tenant = ?1 AND agent = ?2 AND action_type = ?3")
                .Bind(1, key.Tenant).Bind(2, key.Agent).Bind(3, key.ActionType);
            if (row.Step())
            {
                count = row.Int(0);
                row.Reset();
            }

            counts[key] = count;
        }

        return count;
    }

    private void Write((long Tenant, string Agent, string ActionType) key, long count)
    {
        var statement = count > 0
            ? connection.Prepare("INSERT OR REPLACE INTO agent_open(tenant, agent, action_type, count) VALUES (?1, ?2, ?3, ?4)").Bind(4, count)
            : connection.Prepare("DELETE FROM agent_open WHERE tenant = ?1 AND agent = ?2 AND action_type = ?3");
        statement.Bind(1, key.Tenant).Bind(2, key.Agent).Bind(3, key.ActionType).Run();
    }
}
