using System.Collections.Immutable;
using System.Globalization;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Policies.Warnings;

/// <summary>Members of payloads that a policy reads or masks, and that no recorded call of its action types had.</summary>
internal static class PayloadWarnings
{
    private const string Root = "payload.";

    public static IEnumerable<PolicyWarning> Of(Policy policy, ImmutableArray<RecordedCheck> recorded)
    {
        var payloads = recorded.Where(call => policy.Covers(call.Check.ActionType)).Select(call => call.Check.Payload).ToArray();
        return payloads.Length == 0
            ? []
            : Members(policy).Distinct().Where(each => !payloads.Any(payload => Has(payload, Steps(each.Member))))
                .Select(each => new PolicyWarning(each.Path, Phrase.With(Texts.WarningNoMember, each.Member, payloads.Length)));
    }

    private static IEnumerable<(string Path, string Member)> Members(Policy policy)
    {
        var conditions = new List<(string Path, string? Text)> { ("/when", policy.When) };
        for (var i = 0; i < policy.Levels.Length; i++)
        {
            conditions.Add(($"/levels/{i}/when", policy.Levels[i].When));
            conditions.AddRange(policy.Levels[i].AutoApprove.Select((rule, k) => ($"/levels/{i}/autoApprove/{k}/when", (string?)rule)));
        }
        var read = conditions.SelectMany(each => each.Text is { } text && Condition.TryCompile(text, out var condition, out _)
            ? condition.References.Where(path => path.StartsWith(Root, StringComparison.Ordinal)).Select(path => (each.Path, path))
            : []);
        var named = ReferenceWarnings.In(policy).Where(each => each.Reference.Kind == ReferenceKind.Field).Select(each => (each.Path, Root + each.Reference.Name));
        var masked = policy.Sensitive.Select((path, i) => ($"/sensitive/{i}", path));
        return read.Concat(named).Concat(masked);
    }

    /// <summary>Below the payload; <c>*</c> for whatever is in a list or map.</summary>
    private static string[] Steps(string path) => path[Root.Length..].Replace("[]", ".*", StringComparison.Ordinal).Split('.');

    private static bool Has(Value value, ReadOnlySpan<string> steps)
    {
        if (steps.IsEmpty)
        {
            return true;
        }
        if (value.Kind == ValueKind.List && (steps[0] == "*" || int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return AnyHas(value.Items, steps[1..]);
        }
        if (value.Kind != ValueKind.Map)
        {
            return false;
        }
        return value.TryGet(steps[0], out var member) ? Has(member, steps[1..]) : steps[0] == "*" && AnyHas(value.Members.Values, steps[1..]);
    }

    private static bool AnyHas(ReadOnlySpan<Value> values, ReadOnlySpan<string> steps)
    {
        foreach (var value in values)
        {
            if (Has(value, steps))
            {
                return true;
            }
        }
        return false;
    }
}
