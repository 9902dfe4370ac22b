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

    /// <summary>What they were signed in with; null where it has no name: a mail's link, a persona, the service itself.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The person for whom an agent acts: it may ask and read what that person may, and decides nothing. Null: nobody.</summary>
    public NamedPerson? ActingFor { get; init; }

    /// <summary>Who made the token of another human who signed in with it, and so may have asked in their name; null: nobody.</summary>
    [JsonIgnore]
    public string? TokenMaker => Type == ActorType.Human && Credential?.MadeBy is { } maker && maker != Id && maker != System.Id ? maker : null;

    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
