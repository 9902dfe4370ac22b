using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Approvals.Actors;

/// <summary>Who did something: an identified person, an agent, or the service itself.</summary>
public sealed record Actor
{
    /// <summary>The service acting by itself: timers, automatic decisions, sweeps.</summary>
    public static readonly Actor System = new() { Id = "system", Type = ActorType.System, Name = "Approvals" };

    public required string Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ActorType Type { get; init; }

    public required string Name { get; init; }

    public ImmutableArray<string> Roles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How they were recognised; null for the service itself.</summary>
    public Assurance? Assurance { get; init; }

    /// <summary>The person for whom an agent acts: it may ask and read what that person may, and decides nothing. Null: nobody.</summary>
    public NamedPerson? ActingFor { get; init; }

    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
