using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>Reads the <c>levels</c> of a policy or of a direct request, with the same strictness as <see cref="PolicyReader"/>.</summary>
public static class LevelReader
{
    /// <summary>A chain has 1 to this many levels.</summary>
    public const int MaxLevels = 20;

    /// <param name="pointer">Where the list stands in the caller's document, e.g. <c>/levels</c>; begins every error's pointer.</param>
    public static bool TryRead(
        Value source, TenantSettings settings, string pointer, out ImmutableArray<LevelDefinition> levels, out ImmutableArray<PolicyError> errors) =>
        throw new System.Diagnostics.UnreachableException();
}
