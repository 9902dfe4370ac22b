using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>
/// Reads a policy as people write it (DESIGN §14 and §15), strictly: an unknown member, a wrong type, a value out of range, a condition that
/// does not compile are all refused, all at once, each with its place.
/// </summary>
public static class PolicyReader
{
    /// <param name="source">The policy; its <c>tenant</c>, where it names one, must be the settings' own.</param>
    /// <param name="settings">Names the calendars and the time zone that levels may refer to.</param>
    public static bool TryRead(
        Value source, TenantSettings settings, [NotNullWhen(true)] out Policy? policy, out ImmutableArray<PolicyError> errors) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>The tenant that a policy file names; null where it names none.</summary>
    public static string? TenantOf(Value source) =>
        source.TryGet("tenant", out var tenant) && tenant.Kind == ValueKind.String ? tenant.AsString() : null;
}
