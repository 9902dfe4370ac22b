using Approvals.Chains.State;
using Approvals.Requests;

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
            var isNew = before.Due != after.Due || !before.People.Contains(person, StringComparer.Ordinal);
            if (isNew)
            {
                connection.Prepare("""
                    INSERT INTO waiting(tenant, person, due, request, requester, action_type, request_type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    """)
                    .Bind(1, tenant).Bind(2, person).Bind(3, after.Due).Bind(4, request)
                    .Bind(5, state.Requester.Id).Bind(6, state.ActionType).Bind(7, state.RequestType).Run();
            }

            // While a place waits, people are only ever added to those whom it bars.
            if (Involvement.Barred(state, person) is { IsEmpty: false } barred)
            {
                connection.Prepare("UPDATE waiting SET barred = ?5 WHERE tenant = ?1 AND person = ?2 AND due = ?3 AND request = ?4")
                    .Bind(1, tenant).Bind(2, person).Bind(3, after.Due).Bind(4, request)
                    .BindText(5, StoreJson.Write(barred, StoreJson.Default.ImmutableArrayString)).Run();
            }
        }
    }
}
