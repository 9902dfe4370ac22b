using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Types;

namespace Approvals.Policies.Simulation;

/// <summary>Who would be asked at each level if the call were made now, by the rules of the chain.</summary>
internal static class SimulatedLevels
{
    /// <param name="fallback">Where every level is skipped: the tenant's fallback approvers are asked after them, as the chain does.</param>
    public static ImmutableArray<SimulatedLevel> Of(
        TenantSnapshot tenant, ImmutableArray<LevelDefinition> levels, GateCheck check, ConditionInput input, bool fallback = true)
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
        var simulated = ImmutableArray.CreateBuilder<SimulatedLevel>(levels.Length + 1);
        var automatic = 0;
        for (var level = 1; level <= levels.Length; level++)
        {
            simulated.Add(Level(tenant, levels, check, resolver.Resolve(levels, level, check.ActionType, input), ref automatic));
            if (level == levels.Length && fallback && simulated.All(each => each.Skipped))
            {
                levels = [.. levels, .. FallbackLevel.Of(tenant.Settings.FallbackApprovers)];
            }
        }
        return simulated.DrainToImmutable();
    }

    /// <summary>Why the gate would refuse the call: nobody is left at the first level that asks people. Null where somebody is.</summary>
    public static Refusal? Refusal(ImmutableArray<SimulatedLevel> levels) => levels.FirstOrDefault(level => level.IsAsked) is { Approvers.IsEmpty: true } level
        ? new Refusal(RefusalCode.InvalidLevel, Phrase.With(Texts.SimulatedRefusal, levels.IndexOf(level) + 1))
        : null;

    private static SimulatedLevel Level(
        TenantSnapshot tenant, ImmutableArray<LevelDefinition> levels, GateCheck check, LevelResolution resolution, ref int automatic)
    {
        var definition = levels[resolution.Level - 1];
        if (resolution.Skip)
        {
            return new SimulatedLevel(definition.Name, [], Skipped: true);
        }
        if (resolution.AutoApproveRule is { } rule && automatic < Chain.MaxAutomaticDecisions && !OwnActions.Is(check.ActionType))
        {
            automatic++;
            return new SimulatedLevel(definition.Name, [], AutoApproved: true, Rule: rule);
        }
        var staffing = Staffing.Of(State(tenant, levels, check), definition, resolution);
        var places = staffing.Groups.SelectMany(group => group.Approvers);
        return new SimulatedLevel(
            definition.Name,
            [.. places.Select(place => place.RoutedTo ?? place.Person).Distinct(StringComparer.Ordinal)],
            Fault: resolution.ConditionFault,
            Fallback: !staffing.Groups.IsEmpty && (FallbackLevel.Is(definition) || staffing.Added.Any(person => !resolution.EscalationTargets.Contains(person))));
    }

    /// <summary>The request that the call would start.</summary>
    private static RequestState State(TenantSnapshot tenant, ImmutableArray<LevelDefinition> levels, GateCheck check) => new()
    {
        Tenant = tenant.Settings.Id,
        Id = "",
        Status = RequestStatus.Pending,
        Origin = RequestOrigin.Gate,
        RequestType = ApprovalType.Generic,
        ActionType = check.ActionType,
        Requester = ActorRef.Of(check.Actor),
        Subject = check.Subject,
        PayloadHash = "",
        Levels = [.. levels.Select(level => new LevelState { Definition = level })],
        CompleteWithin = TimeSpan.Zero,
        GrantValidFor = TimeSpan.Zero,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
