using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>
/// Writes a policy as <see cref="PolicyReader"/> reads it, without members that stand at their defaults. Calendars are written out, so
/// that what was written reads the same whatever becomes of the tenant's named calendars.
/// </summary>
public static class PolicyWriter
{
    public static Value Write(Policy policy) => throw new System.Diagnostics.UnreachableException();

    public static Value Write(ImmutableArray<LevelDefinition> levels) => throw new System.Diagnostics.UnreachableException();
}
