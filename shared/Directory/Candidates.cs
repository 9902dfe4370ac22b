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
    /// not counted) are left; otherwise all stay, since people who are away beat nobody. Nobody is asked for another who is asked in the group already.
    /// </summary>
    /// <param name="every">Every answer is needed: who is away and whose stand-in is asked already needs another.</param>
    public ImmutableArray<Candidate> Of(ImmutableArray<string> references, int least, bool every = false)
    {
        var people = new References(Tenant.Directory, Requester, Payload).People(references);
        var asked = people.Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        var routing = new Routing(Tenant, ActionType, ActorRef.Of(Requester), Now) { Asked = asked };
        var all = ImmutableArray.CreateBuilder<Candidate>();
        var there = ImmutableArray.CreateBuilder<Candidate>();
        var others = 0;
        foreach (var person in people)
        {
            var candidate = new Candidate(person.Id, routing.From(person));
            if (candidate.RoutedTo is { } routed)
            {
                asked.Add(routed);
            }
            var isThere = candidate.RoutedTo is not null || !person.IsAway(Now);
            candidate = candidate with { NeedsStandIn = every && !isThere && (routing with { Asked = [] }).From(person) is not null };
            all.Add(candidate);
            if (isThere || candidate.NeedsStandIn)
            {
                there.Add(candidate);
                others += ActorRef.Of(Requester).StandsFor(person.Id) || !isThere ? 0 : 1;
            }
        }
        return others >= least ? there.ToImmutable() : all.ToImmutable();
    }
}
