using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Actors;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>Somebody of a tenant: a human, an agent or a system.</summary>
public sealed record Person
{
    /// <summary>Their identity, given to nobody else ever: requests, delegations, tokens and the trail name it.</summary>
    public required string Id { get; init; }

    /// <summary>The id by which the directory knows them, where somebody before them had it; null: the same as <see cref="Id"/>.</summary>
    public string? ReusedId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public ActorType Kind { get; init; } = ActorType.Human;
    public ImmutableArray<string> Roles { get; init => field = value.OrEmpty(); } = [];
    public ImmutableArray<string> Groups { get; init => field = value.OrEmpty(); } = [];
    public string? Department { get; init; }

    /// <summary>Id of the manager.</summary>
    public string? Manager { get; init; }

    /// <summary>Away from and until (exclusive); both or neither.</summary>
    public DateTimeOffset? AwayFrom { get; init; }
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>Id of who stands in while away, without a delegation.</summary>
    public string? Substitute { get; init; }

    /// <summary>Deactivated: they keep their name and what they did, and may do nothing more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Inactive { get; init; }

    /// <summary>Removed: no longer in the directory, which keeps no more of them than whose identity it was, and what they could decide.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Removed { get; init; }

    /// <summary>When they were removed or deactivated, UTC; null while they may act.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Identity of the administrator who removed or deactivated them; null where a file or another directory did.</summary>
    public string? LeftBy { get; init; }

    /// <summary>How often they were changed: what was agreed to is done only to whom it was agreed about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Version { get; init; }

    /// <summary>The id by which files, policies, sign-in and callers of the API name them.</summary>
    public string DirectoryId => ReusedId ?? Id;

    /// <summary>Whether this person may sign in, ask and act at all.</summary>
    public bool MayAct => !Inactive && !Removed;

    /// <summary>Whether this person may hold a place, decide, lend and be lent authority.</summary>
    public bool MayDecide => MayAct && Kind == ActorType.Human;

    /// <summary>This person as the one who follows another version: since when they may act no more, and which version it is.</summary>
    /// <param name="before">As they were; null: they are new.</param>
    /// <param name="by">Identity of the administrator who changed them, or null.</param>
    public Person Since(Person? before, string? by, DateTimeOffset now)
    {
        var (leftAt, leftBy) = MayAct ? default
            : before is { MayAct: false } && before.Removed == Removed ? (before.LeftAt, before.LeftBy)
            : (now, by);
        // No file and no administrator takes back whom a first sign-in bound.
        var after = this with { Linked = before?.Linked ?? Linked, LeftAt = leftAt, LeftBy = leftBy, Version = before?.Version ?? 0 };
        return before is null || after == before ? after : after with { Version = before.Version + 1 };
    }

    /// <summary>What stays of them once they are removed.</summary>
    public Person Gone(string? by, DateTimeOffset now) =>
        (new Person { Id = Id, ReusedId = ReusedId, Name = Name, Kind = Kind, Roles = Roles, Groups = Groups, Subjects = Subjects, Linked = Linked, Removed = true }).Since(this with { Removed = false }, by, now);

    /// <param name="assurance">How they were recognised; null where they are only spoken of.</param>
    public Actor ToActor(Assurance? assurance = null) => new() { Id = Id, Type = Kind, Name = Name, Roles = Roles, Assurance = assurance };

    /// <summary>Keys by which identity providers name them, for good: <c>{tid}/{oid}</c>, <c>{issuer}#{sub}</c>.</summary>
    /// <remarks>Null where there are none: what is stored of people from before stays the same.</remarks>
    public ImmutableArray<string>? Subjects { get; init; }

    /// <summary>The key of the first sign-in under their user name, where the tenant lets that bind it (<see cref="TenantSettings.LinkByUsername"/>).</summary>
    public string? Linked { get; init; }

    /// <summary><see cref="Subjects"/> and <see cref="Linked"/>.</summary>
    internal IEnumerable<string> Keys => Linked is null ? Subjects ?? [] : (Subjects ?? []).Append(Linked);

    public bool IsAway(DateTimeOffset now) => AwayFrom <= now && now < AwayUntil;

    /// <summary>Their lists are compared by what is in them.</summary>
    public bool Equals(Person? other) => other is not null
        && (Id, ReusedId, Name, Email, Kind) == (other.Id, other.ReusedId, other.Name, other.Email, other.Kind)
        && (Department, Manager, AwayFrom, AwayUntil, Substitute) == (other.Department, other.Manager, other.AwayFrom, other.AwayUntil, other.Substitute)
        && (Inactive, Removed, LeftAt, LeftBy, Version) == (other.Inactive, other.Removed, other.LeftAt, other.LeftBy, other.Version)
        && Roles.SequenceEqual(other.Roles, StringComparer.Ordinal) && Groups.SequenceEqual(other.Groups, StringComparer.Ordinal)
        && Linked == other.Linked
        && (Subjects ?? []).SequenceEqual(other.Subjects ?? [], StringComparer.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}
