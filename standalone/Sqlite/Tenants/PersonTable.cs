using Approvals.Directory;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>The writer's side of the directory.</summary>
internal sealed class PersonTable(Connection connection, TenantTable tenants)
{
    public static List<Person> All(Connection connection, long tenant)
    {
        var people = new List<Person>();
        var row = connection.Prepare("SELECT body FROM person WHERE tenant = ?1").Bind(1, tenant);
        while (row.Step())
        {
            people.Add(StoreJson.Read(row.Bytes(0), StoreJson.Default.Person));
        }

        return people;
    }

    /// <summary>Adds people, or replaces those with their ids.</summary>
    public void Save(string tenant, IReadOnlyCollection<Person> people)
    {
        var entry = tenants.Get(tenant);
        foreach (var person in people)
        {
            connection.Prepare("INSERT OR REPLACE INTO person(tenant, id, body) VALUES (?1, ?2, ?3)")
                .Bind(1, entry.Number).Bind(2, person.Id).BindText(3, StoreJson.Write(person, StoreJson.Default.Person)).Run();
        }

        Change(entry, people.Select(person => person.Id), people);
    }

    private void Change(TenantEntry entry, IEnumerable<string> replaced, IEnumerable<Person> by)
    {
        var gone = replaced.ToHashSet(StringComparer.Ordinal);
        var people = entry.Snapshot.Directory.All.Where(person => !gone.Contains(person.Id)).Concat(by);
        tenants.Change(entry, entry.Snapshot with { Directory = new DirectorySnapshot(people) });
    }
}
