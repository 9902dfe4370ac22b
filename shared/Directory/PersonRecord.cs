using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>What the trail has of a change to a person: the members that changed, as they were and as they are.</summary>
public static class PersonRecord
{
    public const string SubjectType = "person";

    /// <param name="before">Null: there was nobody.</param>
    public static AuditDraft Entry(string tenant, Person? before, Person after, Actor by, Origin origin, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        At = now,
        Actor = by,
        Action = AuditAction.DirectoryChanged,
        Subject = new Subject(SubjectType, after.Id),
        Outcome = AuditOutcome.Ok,
        Details =
        [
            new("after", Value.Map(Changed(after, before))),
            new("before", Value.Map(before is null ? [] : Changed(before, after))),
            new("change", Value.From(Word(before, after))),
        ],
        Origin = origin,
    };

    /// <summary><c>added</c>, <c>changed</c>, <c>linked</c>, <c>deactivated</c>, <c>reactivated</c> or <c>removed</c>.</summary>
    public static string Word(Person? before, Person after) =>
        before is null ? "added"
        : after.Removed ? "removed"
        : before.Linked != after.Linked ? "linked"
        : before.Inactive == after.Inactive ? "changed"
        : after.Inactive ? "deactivated" : "reactivated";

    /// <summary>A person in the form of a directory file.</summary>
    public static Value Source(Person person) => Value.Map(Members(person).Where(member => !IsEmpty(member.Value)));

    /// <summary>All members, as a directory file has them.</summary>
    public static IEnumerable<KeyValuePair<string, Value>> Members(Person person) =>
    [
        new("active", Value.From(person.MayAct)),
        new("away", person is { AwayFrom: { } from, AwayUntil: { } until }
            ? Value.Map(("from", Value.From(Rfc3339.Format(from))), ("until", Value.From(Rfc3339.Format(until))))
            : Value.Null),
        new("department", Value.From(person.Department)),
        new("email", Value.From(person.Email)),
        new("groups", Value.List([.. person.Groups.Select(Value.From)])),
        new("id", Value.From(person.DirectoryId)),
        new("kind", Value.From(person.Kind.ToString().ToLowerInvariant())),
        new("manager", Value.From(person.Manager)),
        new("name", Value.From(person.Name)),
        new("roles", Value.List([.. person.Roles.Select(Value.From)])),
        new("subjects", Value.List([.. (person.Subjects ?? []).Select(Value.From)])),
        new("substitute", Value.From(person.Substitute)),
    ];

    private static IEnumerable<KeyValuePair<string, Value>> Changed(Person person, Person? other)
    {
        var others = other is null ? [] : Members(other).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        return Members(person).Where(member => others.TryGetValue(member.Key, out var value) ? !value.Equals(member.Value) : !IsEmpty(member.Value));
    }

    private static bool IsEmpty(Value value) => value.Kind == ValueKind.Null || (value.Kind == ValueKind.List && value.Items.IsEmpty);
}
