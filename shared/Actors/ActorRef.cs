using System.Text.Json.Serialization;

namespace Approvals.Actors;

/// <summary>An actor by id and type, without personal data: what state and orchestration history carry.</summary>
public sealed record ActorRef(string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ActorType Type)
{
    public static readonly ActorRef System = new("system", ActorType.System);

    /// <summary>Id of the person for whom an agent acts. The same agent acting for somebody else, or for nobody, is another actor.</summary>
    public string? ActingFor { get; init; }

    /// <summary>Tells requesters apart as text; no id has a colon.</summary>
    [JsonIgnore]
    public string Key => ActingFor is null ? Id : $"{Id}:{ActingFor}";

    public static ActorRef Of(Actor actor) => new(actor.Id, actor.Type) { ActingFor = actor.ActingFor?.Id };

    /// <summary>Whether it is this person, or an agent that acts for them.</summary>
    public bool StandsFor(string person) => person == Id || person == ActingFor;
}
