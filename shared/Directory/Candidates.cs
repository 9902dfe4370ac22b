using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>Finds the people of a group and routes each.</summary>
internal readonly record struct Candidates(TenantSnapshot Tenant, Actor Requester, Value Payload, string ActionType, DateTimeOffset Now)
{
    /// <summary>
    /// Humans only, each once. Who is away with nobody to stand in is passed over where at least <paramref name="least"/> others (the requester
    /// not counted) are left; otherwise all stay, since people who are away beat nobody.
    /// </summary>
    public ImmutableArray<Candidate> Of(ImmutableArray<string> references, int least)
    {
        var routing = new Routing(Tenant, ActionType, ActorRef.Of(Requester), Now);
        var all = ImmutableArray.CreateBuilder<Candidate>();
        var there = ImmutableArray.CreateBuilder<Candidate>();
        var others = 0;
        foreach (var person in new References(Tenant.Directory, Requester, Payload).People(references))
        {
            var candidate = new Candidate(person.Id, routing.From(person));
            all.Add(candidate);
            if (candidate.RoutedTo is not null || !person.IsAway(Now))
            {
                there.Add(candidate);
                others += ActorRef.Of(Requester).StandsFor(person.Id) ? 0 : 1;
            }
        }
        return others >= least ? there.ToImmutable() : all.ToImmutable();
    }
}
