using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Tenants;

namespace Approvals.Gate;

/// <summary>Who is asked where a policy can't be told to apply or not: one of the tenant's fallback approvers, always a human.</summary>
internal static class FallbackLevel
{
    public static ImmutableArray<LevelDefinition> Of(TenantSettings settings) =>
    [
        new LevelDefinition
        {
            Name = "Fallback",
            Groups = [new GroupDefinition { Approvers = settings.FallbackApprovers, Strategy = Strategy.Any }],
            HumanOnly = true,
        },
    ];
}
