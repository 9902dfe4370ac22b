using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Approvals.Directory;

/// <summary>The people of a tenant at one moment, found by id, role or group in constant time.</summary>
public sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, Person> byId;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> byRole;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> byGroup;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> bySubstitute;

    public DirectorySnapshot(IEnumerable<Person> people)
    {
        People = [.. people.OrderBy(p => p.Id, StringComparer.Ordinal)];
        byId = People.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        byRole = Index(p => p.Roles);
        byGroup = Index(p => p.Groups);
        bySubstitute = Index(p => p.Substitute is { } substitute ? [substitute] : []);
    }

    /// <summary>Ordered by id.</summary>
    public ImmutableArray<Person> People { get; }

    public Person? Find(string id) => byId.GetValueOrDefault(id);

    public ImmutableArray<Person> InRole(string role) => byRole.GetValueOrDefault(role, []);

    public ImmutableArray<Person> InGroup(string group) => byGroup.GetValueOrDefault(group, []);

    /// <summary>People who named this one as their substitute, away or not.</summary>
    public ImmutableArray<Person> SubstitutedBy(string id) => bySubstitute.GetValueOrDefault(id, []);

    private FrozenDictionary<string, ImmutableArray<Person>> Index(Func<Person, ImmutableArray<string>> names) =>
        People.SelectMany(person => names(person).Distinct(StringComparer.Ordinal).Select(name => (name, person)))
            .GroupBy(pair => pair.name, pair => pair.person, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
}
