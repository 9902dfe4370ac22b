using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Delegations;
using Approvals.Policies;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>Which changes of people give somebody authority to decide. One administrator does not do so alone, unless they are the only one.</summary>
public static class DirectoryAuthority
{
    /// <summary>The action type by which giving authority is gated.</summary>
    public const string ChangeAction = "approvals.directory.change";

    /// <summary>An administrator who was removed or deactivated counts as another one for so long: nobody becomes the only one by removing the others.</summary>
    public static readonly TimeSpan StillCounts = TimeSpan.FromDays(30);

    private static readonly ImmutableArray<string> Deciding = [Roles.Approver, Roles.Override, Roles.Admin, Roles.PolicyAdmin];

    /// <summary>People who gain authority by a change, identities in no order; empty: nobody does.</summary>
    /// <param name="before">Null: they are new.</param>
    /// <param name="by">Who changes them.</param>
    public static ImmutableArray<string> Gainers(TenantSnapshot tenant, Person? before, Person after, string by, DateTimeOffset now)
    {
        var gainers = new HashSet<string>(StringComparer.Ordinal);
        // Losing the administrator's role leaves the others with more; so does losing it after one has left, or with it.
        if (before is not null && CountsAsAdministrator(before, now) && !CountsAsAdministrator(after, now))
        {
            gainers.Add(after.Id);
        }
        if (after.Removed)
        {
            return [.. gainers];
        }
        // What changes of somebody while they may not act counts as it will once they may again.
        if (after.Inactive)
        {
            (before, after) = (before is null ? null : before with { Inactive = false }, after with { Inactive = false });
        }
        var named = References(tenant).ToHashSet(StringComparer.Ordinal);
        var decided = before is { MayDecide: true } ? before : null;
        if (after.MayDecide && (Gains(named, decided, after) || (decided is null && IsNamed(tenant, named, after)) || TakesOver(tenant, named, decided, after, by)
            || (GivesKey(tenant, before, after) && (before is not null || Holds(named, after) || IsNamed(tenant, named, after)))))
        {
            gainers.Add(after.Id);
        }
        // So does making somebody who decides no human, as they do not leave: others decide in their place.
        if (decided is not null && !after.MayDecide && (IsNamed(tenant, named, decided) || Holds(named, decided)))
        {
            gainers.Add(after.Id);
        }
        // So does losing the last of a role or group, in whose place the fallback approvers decide.
        if (decided is not null && (Loses(decided.Roles, after.MayDecide ? after.Roles : []).Any(role =>
                named.Contains($"role:{role}") && IsLast(tenant.Directory.InRole(role), after))
            || Loses(decided.Groups, after.MayDecide ? after.Groups : []).Any(group => named.Contains($"group:{group}") && IsLast(tenant.Directory.InGroup(group), after))))
        {
            gainers.Add(after.Id);
        }
        if ((before is { Kind: not ActorType.Human } && after.Kind == ActorType.Human) || ChangesConditions(tenant, before, after))
        {
            gainers.Add(after.Id);
        }
        // Who has no manager is decided about by the fallback approvers.
        if (before?.Manager is not null && after.Manager is null)
        {
            gainers.Add(after.Id);
        }
        if (after.Manager is { } manager && (before is null ? LeadsTo(tenant, manager, other => other.Manager, by, now) : manager != before.Manager))
        {
            gainers.Add(manager);
        }
        // Anybody can be asked some day: whoever changes people gets nobody's place by standing in for them.
        if (after.Substitute is { } substitute && (substitute, after.AwayFrom, after.AwayUntil) != (before?.Substitute, before?.AwayFrom, before?.AwayUntil)
            && (IsNamed(tenant, named, after) || Holds(named, after) || LeadsTo(tenant, substitute, other => other.Substitute, by, now)))
        {
            gainers.Add(substitute);
        }
        // Whoever is away is left out where others remain: the others are not enough by one of them alone.
        if (before is not null && after.Id != by && after is { AwayFrom: not null, Substitute: null } && (after.AwayFrom, after.AwayUntil) != (before.AwayFrom, before.AwayUntil)
            && tenant.Directory.Find(by) is { } self && IsNeededBeside(tenant, self, after))
        {
            gainers.Add(by);
        }
        return [.. gainers];
    }

    /// <summary>Whether there is no second administrator who could agree.</summary>
    public static bool IsOnly(TenantSnapshot tenant, string administrator, DateTimeOffset now) => !tenant.Directory.All.Any(person =>
        person.Id != administrator && CountsAsAdministrator(person, now));

    private static bool CountsAsAdministrator(Person person, DateTimeOffset now) => person.Kind == ActorType.Human && person.Roles.Contains(Roles.Admin)
        && (person.MayAct || (person.LeftBy is not null && now - person.LeftAt < StillCounts));

    /// <summary>Whether somebody else could sign in as this person from then on. Of whoever is there already, nobody knows what they hold.</summary>
    private static bool GivesKey(TenantSnapshot tenant, Person? before, Person after) =>
        (after.Subjects ?? []).Except(before?.Subjects ?? [], StringComparer.Ordinal).Any()
        || (tenant.Settings.LinkByUsername && after is { Linked: null, Email: { } email } && !email.Equals(before?.Email, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a group in which every answer counts asks both.</summary>
    private static bool IsNeededBeside(TenantSnapshot tenant, Person one, Person other) => tenant.Policies.Active.SelectMany(version => version.Policy.Levels)
        .SelectMany(level => level.Groups).Any(group => group.Strategy is Strategy.All or Strategy.Quorum && Asks(group, one) && Asks(group, other));

    private static bool Asks(GroupDefinition group, Person person) => group.Approvers.Contains($"user:{person.DirectoryId}")
        || person.Roles.Any(role => group.Approvers.Contains($"role:{role}")) || person.Groups.Any(name => group.Approvers.Contains($"group:{name}"));

    /// <summary>Whether conditions that say who is asked at all hold otherwise for what this person asks for.</summary>
    private static bool ChangesConditions(TenantSnapshot tenant, Person? before, Person after)
    {
        var changed = after.Roles.Except(before?.Roles ?? [], StringComparer.Ordinal).Concat(Loses(before?.Roles ?? [], after.Roles))
            .Concat(before?.Name == after.Name ? [] : [after.Name, before?.Name ?? ""]).Where(word => word.Length > 0).ToArray();
        return changed.Length > 0 && Conditions(tenant).Any(condition => changed.Any(word =>
            condition.Contains($"'{word}'", StringComparison.Ordinal) || condition.Contains($"\"{word}\"", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Conditions(TenantSnapshot tenant) => tenant.Policies.Active.Select(version => version.Policy)
        .SelectMany(policy => policy.Levels.SelectMany(level => level.AutoApprove.Append(level.When)).Append(policy.When)).OfType<string>();

    /// <summary>Roles and groups that are new to somebody and decide.</summary>
    private static bool Gains(HashSet<string> named, Person? before, Person after) =>
        after.Roles.Any(role => before?.Roles.Contains(role) != true && Decides(named, role))
        || after.Groups.Any(group => before?.Groups.Contains(group) != true && named.Contains($"group:{group}"));

    private static IEnumerable<string> Loses(ImmutableArray<string> before, ImmutableArray<string> after) =>
        before.Where(name => !after.Contains(name));

    private static bool IsLast(ImmutableArray<Person> holders, Person person) => !holders.Any(other => other.Id != person.Id && other.MayDecide);

    private static bool Decides(HashSet<string> named, string role) => Deciding.Contains(role) || named.Contains($"role:{role}");

    private static bool Holds(HashSet<string> named, Person person) =>
        person.Roles.Any(role => Decides(named, role)) || person.Groups.Any(group => named.Contains($"group:{group}"));

    /// <summary>Whether policies, or other people's entries, mean this very person.</summary>
    private static bool IsNamed(TenantSnapshot tenant, HashSet<string> named, Person person) =>
        named.Contains($"user:{person.DirectoryId}")
        || tenant.Directory.People.Any(other => other.Id != person.Id && (other.Manager == person.Id || other.Substitute == person.Id));

    /// <summary>Mail to somebody who decides goes elsewhere: what a link in it can do, its new reader could.</summary>
    private static bool TakesOver(TenantSnapshot tenant, HashSet<string> named, Person? before, Person after, string by) =>
        before is not null && after.Id != by && after.Email is not null && after.Email != before.Email
        && (Holds(named, after) || IsNamed(tenant, named, after));

    /// <summary>Whether a line of people (managers, substitutes) from one of them on leads to somebody, or to anybody for whom they act.</summary>
    private static bool LeadsTo(TenantSnapshot tenant, string first, Func<Person, string?> next, string to, DateTimeOffset now)
    {
        ImmutableArray<string> people = [to, .. Authority.ActsFor(tenant, to, ActionPattern.All, now), .. tenant.Delegations.To(to).Select(lent => lent.Delegator)];
        var current = first;
        for (var steps = 0; steps < ApproverReference.MaxSteps && current is not null; steps++)
        {
            if (people.Contains(current, StringComparer.Ordinal))
            {
                return true;
            }
            current = tenant.Directory.Find(current) is { } person ? next(person) : null;
        }
        return false;
    }

    /// <summary>Whom active policies, the built-in ones and the tenant's fallback name.</summary>
    private static IEnumerable<string> References(TenantSnapshot tenant) =>
        tenant.Policies.Active.Select(version => version.Policy).Concat(BuiltInPolicies.All).SelectMany(policy => policy.Levels).SelectMany(Named)
            .Concat(tenant.Settings.FallbackApprovers);

    private static IEnumerable<string> Named(LevelDefinition level) => level.Groups.SelectMany(group => group.Approvers).Concat(level.EscalateTo);
}
