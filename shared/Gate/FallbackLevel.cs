using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Gate;

/// <summary>
/// Who is asked where a policy can't be told to apply or not, and where nobody else would be: one of the tenant's fallback approvers, always a human.
/// </summary>
internal static class FallbackLevel
{
    private const string Name = "Fallback";

    public static bool Is(LevelDefinition level) => level.Name == Name;

    /// <param name="approvers">References.</param>
    public static ImmutableArray<LevelDefinition> Of(ImmutableArray<string> approvers) =>
    [
        new LevelDefinition
        {
            Name = Name,
            Groups = [new GroupDefinition { Approvers = approvers, Strategy = Strategy.Any }],
            HumanOnly = true,
        },
    ];
}
