using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Actors;
using Approvals.Directory;

namespace Approvals.Functions.Graph;

/// <summary>
/// Makes people of what Graph has: users, with the groups that they are in, nested ones too; roles are the application's app roles, given to
/// them or to one of those groups. An application that was given a role is an agent. A user whose account is disabled is inactive, and one who was deleted is
/// removed. A group is its object id; its display name means it too, as long as no other group of the tenant has that name, since anybody may give a
/// group any name.
/// </summary>
internal sealed class GraphDirectory(GraphApi graph, GraphSettings settings)
{
    private const string Users =
        "users?$select=id,displayName,mail,department,accountEnabled&$expand=manager($select=id)&$top=999";

    /// <summary>Graph keeps them for thirty days, longer than anybody's sign-in lasts.</summary>
    private const string Deleted = "directory/deletedItems/microsoft.graph.user?$select=id,displayName&$top=999";

    /// <summary>Display names, read last, that several groups have, and that therefore mean none of them.</summary>
    public ImmutableArray<string> Ambiguous { get; private set; } = [];

    /// <inheritdoc cref="GraphApi.ListAsync"/>
    public async Task<ImmutableArray<Person>> ReadAsync(CancellationToken cancellation)
    {
        var people = new Dictionary<string, Person>(StringComparer.Ordinal);
        await foreach (var user in graph.ListAsync(Users, cancellation))
        {
            var person = Human(user);
            people[person.Id] = person;
        }
        var members = await GroupsAsync(people, cancellation);
        if (settings.Application is { } application)
        {
            await RolesAsync(people, members, application, cancellation);
        }
        await foreach (var user in graph.ListAsync(Deleted, cancellation))
        {
            people.TryAdd(Text(user, "id")!, Human(user) with { Removed = true });
        }
        return [.. people.Values.OrderBy(person => person.Id, StringComparer.Ordinal)];
    }

    /// <summary>Members by the id of their group.</summary>
    private async Task<Dictionary<string, List<string>>> GroupsAsync(Dictionary<string, Person> people, CancellationToken cancellation)
    {
        var members = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var all = new List<(string Id, string? Name)>();
        await foreach (var group in graph.ListAsync("groups?$select=id,displayName&$top=999", cancellation))
        {
            all.Add((Text(group, "id")!, Text(group, "displayName")));
        }
        var ambiguous = all.Select(group => group.Name).OfType<string>().Concat(all.Select(group => group.Id))
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Ambiguous = [.. ambiguous.Where(name => settings.Groups.IsEmpty || settings.Groups.Contains(name)).Order(StringComparer.Ordinal)];
        foreach (var (id, name) in all)
        {
            string[] names = name is null || ambiguous.Contains(name) ? [id] : [id, name];
            if (settings.Groups.Length > 0 && !names.Any(settings.Groups.Contains))
            {
                continue;
            }
            var found = members[id] = [];
            await foreach (var member in graph.ListAsync($"groups/{id}/transitiveMembers/microsoft.graph.user?$select=id&$top=999", cancellation))
            {
                if (people.TryGetValue(Text(member, "id")!, out var person))
                {
                    found.Add(person.Id);
                    people[person.Id] = person with { Groups = [.. person.Groups, .. names] };
                }
            }
        }
        return members;
    }

    private async Task RolesAsync(
        Dictionary<string, Person> people, Dictionary<string, List<string>> members, string application, CancellationToken cancellation)
    {
        using var service = await graph.FindAsync($"servicePrincipals(appId='{Uri.EscapeDataString(application)}')?$select=id,appRoles", cancellation);
        var roles = service.RootElement.GetProperty("appRoles").EnumerateArray()
            .Where(role => Text(role, "value") is not null)
            .ToDictionary(role => Text(role, "id")!, role => Text(role, "value")!, StringComparer.OrdinalIgnoreCase);
        var path = $"servicePrincipals/{Text(service.RootElement, "id")}/appRoleAssignedTo?$top=999";
        await foreach (var given in graph.ListAsync(path, cancellation))
        {
            // Being let in without a role is an assignment too, with an id of zeros.
            if (roles.TryGetValue(Text(given, "appRoleId")!, out var role))
            {
                Give(people, members, given, role);
            }
        }
    }

    private static void Give(Dictionary<string, Person> people, Dictionary<string, List<string>> members, JsonElement given, string role)
    {
        var id = Text(given, "principalId")!;
        switch (Text(given, "principalType"))
        {
            case "User" when people.ContainsKey(id):
                Add(people, id, role);
                break;
            case "Group":
                foreach (var member in members.GetValueOrDefault(id, []))
                {
                    Add(people, member, role);
                }
                break;
            case "ServicePrincipal":
                people.TryAdd(id, new Person { Id = id, Name = Text(given, "principalDisplayName") ?? id, Kind = ActorType.Agent });
                Add(people, id, role);
                break;
        }
    }

    private static void Add(Dictionary<string, Person> people, string id, string role)
    {
        var person = people[id];
        if (!person.Roles.Contains(role))
        {
            people[id] = person with { Roles = person.Roles.Add(role) };
        }
    }

    private static Person Human(JsonElement user) => new()
    {
        Id = Text(user, "id")!,
        Name = Text(user, "displayName") ?? Text(user, "id")!,
        Inactive = user.TryGetProperty("accountEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.False,
        Email = Text(user, "mail"),
        Department = Text(user, "department"),
        Manager = user.TryGetProperty("manager", out var manager) && manager.ValueKind == JsonValueKind.Object ? Text(manager, "id") : null,
    };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
