using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Policies.Compiled;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>The names that a tenant has, for a draft to use: of action types, roles, groups and payload fields; not of people.</summary>
internal static class DraftingWords
{
    /// <summary>So many of each.</summary>
    private const int Most = 200;

    private const string Payload = "payload.";

    public static Value Of(TenantSnapshot tenant)
    {
        Policy[] policies = [.. tenant.Policies.Active.Select(version => version.Policy)];
        var people = tenant.Directory.People;
        return Value.Map(
            ("actionTypes", List(policies.SelectMany(policy => policy.ActionTypes))),
            ("approvers", List(
                people.SelectMany(person => person.Roles).Select(role => $"role:{role}").Concat(people.SelectMany(person => person.Groups).Select(group => $"group:{group}")))),
            ("fields", List(policies.SelectMany(Fields))));
    }

    private static IEnumerable<string> Fields(Policy policy) => policy.Levels.Select(level => level.When).Prepend(policy.When).OfType<string>()
        .SelectMany(when => ConditionCache.Of(when).References).Where(path => path.StartsWith(Payload, StringComparison.Ordinal));

    private static Value List(IEnumerable<string> names) => Value.List(ImmutableArray.CreateRange(
        names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Most).Select(name => Value.From(name))));
}
