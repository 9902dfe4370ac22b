using Approvals.Chains.State;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>The rows of inboxes.</summary>
internal sealed class WaitingTable(Connection connection)
{
    public void Move(long tenant, long request, WaitingPlaces before, WaitingPlaces after, RequestState state)
    {
        foreach (var person in before.People)
        {
            if (before.Due != after.Due || !after.People.Contains(person, StringComparer.Ordinal))
            {
                connection.Prepare("DELETE FROM waiting WHERE tenant = ?1 AND person = ?2 AND due = ?3 AND request = ?4")
                    .Bind(1, tenant).Bind(2, person).Bind(3, before.Due).Bind(4, request).Run();
            }
        }

        foreach (var person in after.People)
        {
            if (before.Due != after.Due || !before.People.Contains(person, StringComparer.Ordinal))
            {
                connection.Prepare("""
                    INSERT INTO waiting(tenant, person, due, request, requester, action_type, request_type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    """)
                    .Bind(1, tenant).Bind(2, person).Bind(3, after.Due).Bind(4, request)
                    .Bind(5, state.Requester.Id).Bind(6, state.ActionType).Bind(7, state.RequestType).Run();
            }
        }
    }
}
