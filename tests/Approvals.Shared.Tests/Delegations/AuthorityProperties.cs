using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Tests.Chains;
using Approvals.Tests.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Tests.Delegations;

/// <summary>What holds in any organisation, however tangled its delegations, managers and absences are.</summary>
public sealed class AuthorityProperties
{
    private const string Action = "a.b.c";
    private const int People = 9;

    private static readonly Gen<string> Id = Gen.Choose(0, People + 1).Select(i => $"p{i}");

    private static readonly Gen<Person> Somebody = Gen.Choose(0, 9).Zip(Id.Two()).Zip(Gen.Choose(0, 2)).Select(each =>
    {
        var ((dice, (manager, substitute)), role) = each;
        var person = new Person
        {
            Id = "",
            Name = "",
            Kind = dice == 0 ? ActorType.Agent : dice == 1 ? ActorType.System : ActorType.Human,
            Manager = manager,
            Substitute = dice % 2 == 0 ? substitute : null,
            Roles = [$"r{role}"],
        };
        return dice > 6 ? person.Away() : person;
    });

    private static readonly Gen<Delegation> Lending = Id.Two().Zip(Gen.Elements("*", "a.*", "a.b.*", "a.b.c", "x.*")).Zip(Gen.Choose(0, 9)).Select(each =>
    {
        var (((from, to), pattern), dice) = each;
        var lent = World.Lends(from, to, pattern, Guid.NewGuid().ToString());
        return dice == 0 ? lent with { Until = World.Now } : dice == 1 ? lent with { PendingRequest = "r" } : lent;
    });

    private static readonly Gen<TenantSnapshot> Organisations = Somebody.ArrayOf(People).Zip(Lending.ListOf()).Select(each => World.Tenant(
        each.Item1.Select((person, index) => person with { Id = $"p{index}", Name = $"P{index}" }), [.. each.Item2]));

    private static readonly Gen<(TenantSnapshot Tenant, string Person)> Cases = Organisations.Zip(Id);

    [Fact]
    public void Acting_for_others_ends_and_means_humans_only_never_oneself() => Holds(each =>
    {
        var actsFor = Authority.ActsFor(each.Tenant, each.Person, Action, World.Now);
        return !actsFor.Contains(each.Person) && actsFor.Distinct().Count() == actsFor.Length && actsFor.All(id => IsHuman(each.Tenant, id))
            && (actsFor.IsEmpty || IsHuman(each.Tenant, each.Person));
    });

    [Fact]
    public void An_inbox_shows_exactly_what_may_be_decided() => Holds(each =>
    {
        var inbox = Authority.InboxAuthorities(each.Tenant, each.Person, World.Now).Where(authority => ActionPattern.MatchesAny(authority.ActionTypes, Action));
        var actsFor = Authority.ActsFor(each.Tenant, each.Person, Action, World.Now);
        return inbox.Select(authority => authority.Person).ToHashSet().SetEquals(actsFor.Append(each.Person));
    });

    [Fact]
    public void A_level_asks_humans_each_once_and_routes_to_those_who_may_act() => Holds(each =>
    {
        var resolution = Resolve(each.Tenant, each.Person);
        return resolution.Groups.Append(resolution.EscalationTargets).Append(resolution.Fallback).All(group =>
            group.Select(candidate => candidate.Person).Distinct().Count() == group.Length && group.All(candidate => IsSound(each, candidate)));
    });

    [Fact]
    public void Nobody_is_lost_unless_they_are_away() => Holds(each =>
    {
        var asked = Resolve(each.Tenant, each.Person).Groups[0].Select(candidate => candidate.Person).ToHashSet();
        return each.Tenant.Directory.InRole("r0").Where(person => person.Kind == ActorType.Human)
            .All(person => asked.Contains(person.Id) || person.IsAway(World.Now));
    });

    [Fact]
    public void A_delegation_that_is_accepted_closes_no_circle() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Lending.ListOf().ToArbitrary(), lent =>
        {
            var accepted = new List<Delegation>();
            foreach (var delegation in lent)
            {
                var tenant = World.Tenant(World.People([.. Enumerable.Range(0, People + 2).Select(i => $"p{i}: x")]), [.. accepted]);
                if (DelegationRules.Check(tenant, delegation, Make.Human(delegation.Delegator), World.Now).Refusal is null)
                {
                    accepted.Add(delegation);
                }
            }
            return Enumerable.Range(0, People + 2).All(i => !ComesBack($"p{i}", accepted));
        }));

    private static bool ComesBack(string person, List<Delegation> lent)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([person]);
        while (open.TryDequeue(out var from))
        {
            foreach (var next in lent.Where(d => d.Delegator == from && ActionPattern.MatchesAny(d.ActionTypes, Action)).Select(d => d.Delegate))
            {
                if (reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }
        return reached.Contains(person);
    }

    private static bool IsSound((TenantSnapshot Tenant, string Person) each, Candidate candidate) =>
        IsHuman(each.Tenant, candidate.Person)
        && (candidate.RoutedTo is not { } routed
            || (IsHuman(each.Tenant, routed) && routed != each.Person && routed != candidate.Person && !each.Tenant.Directory.Find(routed)!.IsAway(World.Now)
                && Authority.ActsFor(each.Tenant, routed, Action, World.Now).Contains(candidate.Person)));

    private static LevelResolution Resolve(TenantSnapshot tenant, string requester)
    {
        var level = Make.Level(
            new GroupDefinition { Approvers = ["role:r0", "manager:requester", "manager^5:requester"] }, new GroupDefinition { Approvers = ["role:r1", "user:p3", "field:payload.owners"] });
        var create = Make.Create(Make.Human(requester), level, level) with { ActionType = Action };
        var state = Chain.Evolve(null, Chain.Decide(null, create, World.Now).Events[0]);
        return new LevelResolver(tenant, World.Snapshot(requester, """{"owners":["p1","p2","p11"]}""")).Resolve(state, 1, World.Now);
    }

    private static bool IsHuman(TenantSnapshot tenant, string id) => tenant.Directory.Find(id) is { Kind: ActorType.Human };

    private static void Holds(Func<(TenantSnapshot Tenant, string Person), bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Cases.ToArbitrary(), property));
}
