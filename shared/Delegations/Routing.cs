using Approvals.Actors;
using Approvals.Directory;
using Approvals.Tenants;

namespace Approvals.Delegations;

/// <summary>Who gets to see a person's work first at one moment: a delegate, or the substitute of somebody away.</summary>
internal readonly record struct Routing(TenantSnapshot Tenant, string ActionType, ActorRef Requester, DateTimeOffset Now)
{
    /// <summary>People who are asked beside them already, and so not for them.</summary>
    public HashSet<string> Asked { get; init; } = [];

    /// <summary>
    /// Follows delegations and substitutions to the last person who is there. Null: the person's own desk. Never leads to the requester or for whom they act, to an
    /// agent or around in a circle.
    /// </summary>
    public string? From(Person person) => From(person, [person.Id], Authority.MaxSteps);

    private string? From(Person person, HashSet<string> passed, int steps)
    {
        if (steps == 0)
        {
            return null;
        }
        foreach (var delegation in Tenant.Delegations.By(person.Id))
        {
            if (delegation.IsActive(Now) && Policies.ActionPattern.MatchesAny(delegation.ActionTypes, ActionType)
                && To(delegation.Delegate, passed, steps) is { } delegated)
            {
                return delegated;
            }
        }
        return person.IsAway(Now) && person.Substitute is { } substitute ? To(substitute, passed, steps) : null;
    }

    private string? To(string id, HashSet<string> passed, int steps)
    {
        if (Requester.StandsFor(id) || Tenant.Directory.Find(id) is not { MayDecide: true } next || !passed.Add(id))
        {
            return null;
        }
        return From(next, passed, steps - 1) ?? (next.IsAway(Now) || Asked.Contains(next.Id) ? null : next.Id);
    }
}
