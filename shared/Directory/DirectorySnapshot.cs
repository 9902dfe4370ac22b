using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Approvals.Identities;

namespace Approvals.Directory;

/// <summary>The people of a tenant at one moment, found by identity, directory id, role or group in constant time.</summary>
public sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, Person> byId;
    private readonly FrozenDictionary<string, Person> byDirectoryId;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> byRole;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> byGroup;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> bySubstitute;
    private readonly FrozenDictionary<string, ImmutableArray<Person>> bySubject;

    /// <param name="people">Those who were removed too: their identities stay theirs.</param>
    public DirectorySnapshot(IEnumerable<Person> people)
    {
        All = [.. people.OrderBy(p => p.Id, StringComparer.Ordinal)];
        People = All.Any(p => p.Removed) ? [.. All.Where(p => !p.Removed)] : All;
        byId = All.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        byDirectoryId = People.GroupBy(p => p.DirectoryId, StringComparer.Ordinal).ToFrozenDictionary(named => named.Key, named => named.Last(), StringComparer.Ordinal);
        Left = [.. All.Where(p => !p.MayAct && p.LeftBy is not null)];
        byRole = Index(p => p.Roles);
        byGroup = Index(p => p.Groups);
        bySubject = All.SelectMany(person => person.Keys.Select(subject => (subject, person)))
            .GroupBy(pair => pair.subject, pair => pair.person, StringComparer.Ordinal)
            .ToFrozenDictionary(named => named.Key, named => named.ToImmutableArray(), StringComparer.Ordinal);
        bySubstitute = Index(p => p.Substitute is { } substitute ? [substitute] : []);
    }

    /// <summary>Ordered by identity; without those who were removed.</summary>
    public ImmutableArray<Person> People { get; }

    /// <summary><see cref="People"/> and those who were removed.</summary>
    public ImmutableArray<Person> All { get; }

    /// <summary>Those whom an administrator removed or deactivated.</summary>
    public ImmutableArray<Person> Left { get; }

    /// <summary>Whose identity it is, removed or not: for names, and for what was stored about somebody.</summary>
    public Person? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Who has this directory id now: for what comes from files, policies and sign-in.</summary>
    public Person? Named(string directoryId) => byDirectoryId.GetValueOrDefault(directoryId);

    /// <summary>Whom callers of the API mean: by directory id, else by the identity that answers show.</summary>
    public Person? Meant(string id) => Named(id) ?? (Find(id) is { Removed: false } person ? person : null);

    /// <summary>A new person's identity: their directory id, unless it has been somebody's before.</summary>
    public string NewId(string directoryId)
    {
        var id = directoryId;
        for (var again = 2; byId.ContainsKey(id); again++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{directoryId}~{again}");
        }
        return id;
    }

    /// <summary>
    /// The one whom a key names that no identity provider gives again: by their <see cref="Person.Subjects"/>, else by their id; whoever was removed
    /// is still found where nobody has come after them.
    /// </summary>
    public Person? Find(SubjectIdentity who)
    {
        var named = who.Subjects.SelectMany(subject => bySubject.GetValueOrDefault(subject, [])).ToImmutableArray();
        return named.FirstOrDefault(person => !person.Removed)
            ?? who.Ids.Select(Named).FirstOrDefault(person => person is not null)
            ?? named.FirstOrDefault()
            ?? who.Ids.Select(Find).FirstOrDefault(person => person is not null);
    }

    /// <summary>Whether a key names somebody of the directory beside this one.</summary>
    public bool HasOther(string subject, string identity) =>
        bySubject.GetValueOrDefault(subject, []).Any(person => !person.Removed && person.Id != identity);

    /// <summary>Those who may act; roles of others count for nothing.</summary>
    public ImmutableArray<Person> InRole(string role) => byRole.GetValueOrDefault(role, []);

    /// <inheritdoc cref="InRole"/>
    public ImmutableArray<Person> InGroup(string group) => byGroup.GetValueOrDefault(group, []);

    /// <summary>People who may act and named this one as their substitute, away or not.</summary>
    public ImmutableArray<Person> SubstitutedBy(string id) => bySubstitute.GetValueOrDefault(id, []);

    private FrozenDictionary<string, ImmutableArray<Person>> Index(Func<Person, ImmutableArray<string>> names) =>
        People.Where(person => person.MayAct)
            .SelectMany(person => names(person).Distinct(StringComparer.Ordinal).Select(name => (name, person)))
            .GroupBy(pair => pair.name, pair => pair.person, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
}
