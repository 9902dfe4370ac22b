using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Policies.Simulation;

/// <summary>Who would be asked at each level if the call were made now.</summary>
internal static class SimulatedLevels
{
    public static ImmutableArray<SimulatedLevel> Of(
        TenantSnapshot tenant, ImmutableArray<LevelDefinition> levels, GateCheck check, ConditionInput input)
    {
        var resolver = new LevelResolver(tenant, new Snapshot
        {
            Number = 1,
            Title = check.ActionType,
            Requester = check.Actor,
            Payload = check.Payload,
            PayloadHash = "",
            TakenAt = input.Now,
        });
        var simulated = ImmutableArray.CreateBuilder<SimulatedLevel>(levels.Length);
        var automatic = 0;
        for (var level = 1; level <= levels.Length; level++)
        {
            var resolution = resolver.Resolve(levels, level, check.ActionType, input);
            simulated.Add(Level(levels[level - 1], resolution, check.Actor.Id, ref automatic));
        }
        return simulated.MoveToImmutable();
    }

    private static SimulatedLevel Level(LevelDefinition level, LevelResolution resolution, string requester, ref int automatic)
    {
        var name = level.Name;
        if (resolution.Skip)
        {
            return new SimulatedLevel(name, [], Skipped: true);
        }
        if (resolution.AutoApproveRule is { } rule && automatic < Chain.MaxAutomaticDecisions)
        {
            automatic++;
            return new SimulatedLevel(name, [], AutoApproved: true, Rule: rule);
        }
        var (approvers, fallback) = Approvers(level, resolution, requester);
        return new SimulatedLevel(name, approvers, Fault: resolution.ConditionFault, Fallback: fallback);
    }

    /// <summary>As <see cref="Staffing"/> fills groups: where too few are left, escalation targets are asked too, then the fallback approvers. Empty where that is not enough.</summary>
    private static (ImmutableArray<string> Approvers, bool Fallback) Approvers(LevelDefinition level, LevelResolution resolution, string requester)
    {
        var all = new List<string>();
        var fallback = false;
        for (var i = 0; i < level.Groups.Length; i++)
        {
            var people = new List<Candidate>();
            Add(people, resolution.Groups[i], requester);
            if (people.Count < Staffing.Minimum(level.Groups[i]))
            {
                Add(people, resolution.EscalationTargets, requester);
            }
            if (people.Count < Staffing.Minimum(level.Groups[i]))
            {
                var before = people.Count;
                Add(people, resolution.Fallback, requester);
                fallback |= people.Count > before;
            }
            if (people.Count < Staffing.Minimum(level.Groups[i]))
            {
                return ([], false);
            }
            all.AddRange(people.Select(person => person.RoutedTo is { } routed && routed != requester ? routed : person.Person));
        }
        return ([.. all.Distinct(StringComparer.Ordinal)], fallback);
    }

    private static void Add(List<Candidate> people, ImmutableArray<Candidate> candidates, string requester) =>
        people.AddRange(candidates.Where(candidate => candidate.Person != requester && !people.Exists(person => person.Person == candidate.Person)));
}
