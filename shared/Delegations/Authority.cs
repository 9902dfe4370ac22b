using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Inbox;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Delegations;

/// <summary>Whose authority a person has at one moment, by delegation or by substitution for somebody away.</summary>
public static class Authority
{
    /// <summary>A delegation of a delegation counts, up to this many steps.</summary>
    public const int MaxSteps = 5;

    private static readonly ImmutableArray<string> Everything = [ActionPattern.All];

    /// <summary>People that <paramref name="personId"/> may act for, nearest first, never themselves.</summary>
    public static ImmutableArray<string> ActsFor(TenantSnapshot tenant, string personId, string actionType, DateTimeOffset now)
    {
        if (tenant.Directory.Find(personId) is not { MayDecide: true } || !LentTo(tenant, personId, now).Any())
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { personId };
        List<string> nearest = [personId];
        for (var step = 0; step < MaxSteps && nearest.Count > 0; step++)
        {
            List<string> next = [];
            foreach (var (lender, patterns) in nearest.SelectMany(person => LentTo(tenant, person, now)))
            {
                if (ActionPattern.MatchesAny(patterns, actionType) && seen.Add(lender))
                {
                    found.Add(lender);
                    next.Add(lender);
                }
            }
            nearest = next;
        }
        return found.ToImmutable();
    }

    /// <summary>A command on its way with what is left, at its turn, of the authority that its sender had when it was sent: nothing where they may act no more.</summary>
    /// <param name="current">Null where there is no such request, on which nobody has any.</param>
    public static CommandEnvelope Still(TenantSnapshot tenant, CommandEnvelope envelope, RequestState? current, DateTimeOffset now)
    {
        var command = envelope.Command;
        if (tenant.Directory.Find(command.By.Id) is { MayAct: false })
        {
            return envelope with { SenderLeft = true };
        }
        if (command.ActsFor.IsEmpty || current is null)
        {
            return envelope;
        }
        var held = ActsFor(tenant, command.By.Id, current.ActionType, now);
        return envelope with { Command = command with { ActsFor = [.. command.ActsFor.Where(person => held.Contains(person, StringComparer.Ordinal))] } };
    }

    /// <summary>Whom a place is routed to and who may still answer it: nobody once the delegation or the absence that routed it is over.</summary>
    public static string? StillRouted(TenantSnapshot tenant, ApproverState place, string actionType, DateTimeOffset now) =>
        place.RoutedTo is { } routed && ActsFor(tenant, routed, actionType, now).Contains(place.Person, StringComparer.Ordinal) ? routed : null;

    /// <summary>Those of <see cref="Involvement.Asked"/> whose answer would count now.</summary>
    public static IEnumerable<string> Asked(TenantSnapshot tenant, RequestState state, DateTimeOffset now)
    {
        var asked = Involvement.Asked(state);
        return Involvement.WaitingPlaces(state)
            .SelectMany(place => new[] { place.Person, StillRouted(tenant, place, state.ActionType, now) })
            .OfType<string>().Where(person => asked.Contains(person, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The person's own authority over everything, then those they act for with the action types lent.</summary>
    public static ImmutableArray<InboxAuthority> InboxAuthorities(TenantSnapshot tenant, string personId, DateTimeOffset now)
    {
        List<string> order = [];
        var held = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (tenant.Directory.Find(personId) is { MayDecide: true })
        {
            var nearest = new List<(string Person, ImmutableArray<string> Patterns)> { (personId, Everything) };
            for (var step = 0; step < MaxSteps && nearest.Count > 0; step++)
            {
                nearest = Further(tenant, personId, nearest, held, order, now);
            }
        }
        return [new InboxAuthority(personId, Everything), .. order.Select(person => new InboxAuthority(person, held[person]))];
    }

    /// <summary>One step further; only what gives new authority is followed on.</summary>
    private static List<(string Person, ImmutableArray<string> Patterns)> Further(
        TenantSnapshot tenant, string self, List<(string Person, ImmutableArray<string> Patterns)> nearest,
        Dictionary<string, ImmutableArray<string>> held, List<string> order, DateTimeOffset now)
    {
        List<(string, ImmutableArray<string>)> next = [];
        foreach (var (person, patterns) in nearest)
        {
            foreach (var (lender, lent) in LentTo(tenant, person, now))
            {
                var known = held.GetValueOrDefault(lender, []);
                var gained = PatternSet.Common(patterns, lent).RemoveAll(pattern => PatternSet.Covers(known, pattern));
                if (lender == self || gained.IsEmpty)
                {
                    continue;
                }
                if (known.IsEmpty)
                {
                    order.Add(lender);
                }
                held[lender] = PatternSet.Union(known, gained);
                next.Add((lender, gained));
            }
        }
        return next;
    }

    /// <summary>Who lends a person authority directly, and over what: delegators, then those away whose substitute they are.</summary>
    private static IEnumerable<(string Lender, ImmutableArray<string> Patterns)> LentTo(TenantSnapshot tenant, string person, DateTimeOffset now)
    {
        foreach (var delegation in tenant.Delegations.To(person))
        {
            if (delegation.IsActive(now) && tenant.Directory.Find(delegation.Delegator) is { MayDecide: true })
            {
                yield return (delegation.Delegator, delegation.ActionTypes);
            }
        }
        foreach (var away in tenant.Directory.SubstitutedBy(person))
        {
            if (away.IsAway(now) && away.MayDecide)
            {
                yield return (away.Id, Everything);
            }
        }
    }
}
