using System.Collections.Immutable;
using Approvals.Actors;

namespace Approvals.Directory;

/// <summary>Somebody of a tenant: a human, an agent or a system.</summary>
public sealed record Person
{
    public required string Id { get; init; }
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

    public Actor ToActor() => new() { Id = Id, Type = Kind, Name = Name, Roles = Roles };

    public bool IsAway(DateTimeOffset now) => AwayFrom <= now && now < AwayUntil;
}
