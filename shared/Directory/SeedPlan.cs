using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Outbox;

namespace Approvals.Directory;

/// <summary>Finds the identities of the people of a directory file: those who are there keep theirs, and nobody gets one that was another's.</summary>
/// <param name="known">The directory before the file is taken over.</param>
/// <param name="file">All people of the tenant in the file.</param>
public sealed class SeedPlan(DirectorySnapshot known, ImmutableArray<Person> file)
{
    private readonly Dictionary<string, string> ids = file.DistinctBy(person => person.Id)
        .ToDictionary(person => person.Id, person => known.Named(person.Id)?.Id ?? known.NewId(person.Id), StringComparer.Ordinal);

    /// <summary>A person of the file as the directory is to have them.</summary>
    public Person Of(Person said)
    {
        var id = ids[said.Id];
        return said with
        {
            Id = id,
            ReusedId = id == said.Id ? null : said.Id,
            Manager = Identity(said.Manager),
            Substitute = Identity(said.Substitute),
        };
    }

    /// <summary>Who changes, before and after: what the file says of people, and those whom it names no longer.</summary>
    /// <param name="said">As <see cref="Of"/> has them.</param>
    public IEnumerable<(Person? Before, Person After)> Changes(IEnumerable<Person> said, IEnumerable<Person> gone, DateTimeOffset now) =>
        said.Select(person => (Before: known.Find(person.Id), After: person.Since(known.Find(person.Id), null, now)))
            .Concat(gone.Select(person => ((Person?)person, person.Gone(null, now))))
            .Where(change => change.Item1 != change.Item2);

    /// <summary>What is told of a change: that somebody left.</summary>
    public static ImmutableArray<OutboxEvent> Events(string tenant, Person? before, Person after, DateTimeOffset now) => before is { MayAct: true } && !after.MayAct
        ? [DirectoryEvents.Changed(tenant, after, PersonRecord.Word(before, after), Actor.System.Id, now)]
        : [];

    private string? Identity(string? named) => named is null ? null : ids.GetValueOrDefault(named) ?? known.Named(named)?.Id ?? named;
}
