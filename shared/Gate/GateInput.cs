using Approvals.Actors;
using Approvals.Conditions;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>What conditions see of a call: <c>payload</c>, <c>actor {id, type, name, roles, assurance, actingFor}</c>, <c>subject {type, id}</c>, <c>now</c>.</summary>
internal static class GateInput
{
    public static ConditionInput Of(Actor actor, Subject subject, Value payload, DateTimeOffset now) => new()
    {
        Payload = payload,
        Actor = Of(actor),
        Subject = Value.Map(("type", Value.From(subject.Type)), ("id", Value.From(subject.Id))),
        Now = now,
    };

    public static ConditionInput Of(GateCheck check, DateTimeOffset now) => Of(check.Actor, check.Subject, check.Payload, now);

    private static Value Of(Actor actor)
    {
        var roles = new Value[actor.Roles.Length];
        for (var i = 0; i < roles.Length; i++)
        {
            roles[i] = Value.From(actor.Roles[i]);
        }
        return Value.Map(
            ("id", Value.From(actor.Id)), ("type", Value.From(Word(actor.Type))), ("name", Value.From(actor.Name)), ("roles", Value.Own(roles)),
            ("assurance", Value.From(actor.Assurance?.Word())), ("actingFor", Value.From(actor.ActingFor?.Id)));
    }

    private static string Word(ActorType type) => type switch
    {
        ActorType.Human => "human",
        ActorType.Agent => "agent",
        _ => "system",
    };
}
