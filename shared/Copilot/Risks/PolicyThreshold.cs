using System.Collections.Immutable;
using Approvals.Conditions;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Compiled;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>A bound in an active policy above which people, or more people, are asked.</summary>
/// <param name="Policy">As <c>key@version</c>.</param>
/// <param name="Sensitive">Payload paths that cards must mask.</param>
public sealed record PolicyThreshold(string Policy, Threshold At, ImmutableArray<string> Sensitive)
{
    private const string Prefix = "payload.";

    /// <summary>The bounds of the tenant's policies for an action type, of their levels too, each once.</summary>
    public static ImmutableArray<PolicyThreshold> Of(TenantSnapshot tenant, string actionType) =>
    [
        .. tenant.Policies.Active.Where(version => version.Policy.Covers(actionType))
            .SelectMany(version => In(version.Policy).Select(bound => new PolicyThreshold(
                $"{version.Policy.Key}@{version.Version}", bound, version.Policy.Sensitive)))
            .Where(bound => bound.At.Path.StartsWith(Prefix, StringComparison.Ordinal) && bound.At.Bound > 0),
    ];

    /// <summary>What a call has where the bound looks; null where that is no number.</summary>
    public double? Amount(RecordedCheck call) => Number(call.Check.Payload, At.Path[Prefix.Length..]);

    /// <summary>A number as a card may show it.</summary>
    public string Shown(double amount) => MaskedOperand.Of(At.Path, Value.From(amount), Sensitive) is { Kind: not ValueKind.String } ? Figures.Of(amount) : Masking.Mask;

    internal static double? Number(Value payload, string path) =>
        payload.At(path) is { Kind: ValueKind.Int or ValueKind.Double } number ? number.AsDouble() : null;

    private static IEnumerable<Threshold> In(Policy policy) =>
        policy.Levels.Select(level => level.When).Prepend(policy.When).OfType<string>()
            .SelectMany(text => ConditionCache.Of(text).Thresholds).Distinct();
}
