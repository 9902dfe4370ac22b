using System.Text.Json.Serialization;

namespace Approvals.Actors;

/// <summary>An actor by id and type, without personal data: what state and orchestration history carry.</summary>
public sealed record ActorRef(string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ActorType Type)
{
    public static readonly ActorRef System = new("system", ActorType.System);

    public static ActorRef Of(Actor actor) => new(actor.Id, actor.Type);
}
