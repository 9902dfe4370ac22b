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
            simulated.Add(Level(levels[level - 1].Name, resolution, check.Actor.Id, ref automatic));
        }
        return simulated.MoveToImmutable();
    }

    private static SimulatedLevel Level(string name, LevelResolution resolution, string requester, ref int automatic)
    {
        if (resolution.Skip)
        {
            return new SimulatedLevel(name, [], Skipped: true);
        }
        if (resolution.AutoApproveRule is { } rule && automatic < Chain.MaxAutomaticDecisions)
        {
            automatic++;
            return new SimulatedLevel(name, [], AutoApproved: true, Rule: rule);
        }
        return new SimulatedLevel(name, Approvers(resolution, requester), Fault: resolution.ConditionFault);
    }

    /// <summary>A level without anybody goes to its escalation targets, else to the fallback approvers.</summary>
    private static ImmutableArray<string> Approvers(LevelResolution resolution, string requester)
    {
        IEnumerable<Candidate>[] choices = [resolution.Groups.SelectMany(group => group), resolution.EscalationTargets, resolution.Fallback];
        return choices
            .Select(choice => choice.Where(candidate => candidate.Person != requester).Select(candidate => candidate.RoutedTo ?? candidate.Person))
            .Select(people => people.Distinct(StringComparer.Ordinal).ToImmutableArray())
            .FirstOrDefault(people => !people.IsEmpty, []);
    }
}
