using System.Collections.Immutable;
using System.Text;
using Approvals.Actors;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Tenants;

/// <summary>Tenants, policies and calls with the least that a test has to say.</summary>
internal static class World
{
    /// <summary>A Monday, 09:00 UTC.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly TenantSettings Settings = new() { Id = "contoso" };

    public static Value Json(string text) => JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var value, out var error)
        ? value
        : throw new FormatException($"{error.Message} {error.Line}:{error.Column}");

    /// <summary>People from lines such as <c>ana: finance-manager @legal ^cleo</c>: roles, groups, the manager.</summary>
    public static ImmutableArray<Person> People(params string[] lines) => [.. lines.Select(Person)];

    public static TenantSnapshot Tenant(IEnumerable<Person> people, params Delegation[] delegations) =>
        new(Settings, new DirectorySnapshot(people), new PolicySet([]), new DelegationSet(delegations));

    public static TenantSnapshot With(this TenantSnapshot tenant, params Policy[] policies) =>
        tenant with { Policies = new PolicySet(policies.Select(policy => Active(policy))) };

    public static PolicyVersion Active(Policy policy, int version = 1) => new()
    {
        Policy = policy,
        Version = version,
        Status = PolicyStatus.Active,
        Source = PolicyWriter.Write(policy),
        CreatedBy = "cleo",
        CreatedAt = Now,
    };

    public static Policy Policy(string key, string actionTypes, string? when = null, int priority = 0, params string[] approvers) => new()
    {
        Key = key,
        Name = $"The {key}",
        ActionTypes = [.. actionTypes.Split(' ')],
        When = when,
        Priority = priority,
        Levels = [Chains.Make.Level(new Approvals.Chains.Levels.GroupDefinition { Approvers = approvers.Length == 0 ? ["role:approver"] : [.. approvers] })],
    };

    public static Policy Read(string text)
    {
        Assert.True(PolicyReader.TryRead(Json(text), Settings, out var policy, out var errors), string.Join("; ", errors));
        return policy;
    }

    public static GateCheck Check(string actionType, string payload = "{}", Actor? actor = null) => new()
    {
        ActionType = actionType,
        Actor = actor ?? Chains.Make.Human("rae"),
        Subject = new Subject("bill", "4711"),
        Payload = Json(payload),
    };

    public static Snapshot Snapshot(string requester = "rae", string payload = "{}") => new()
    {
        Number = 1,
        Title = "A request",
        Requester = Chains.Make.Human(requester),
        Payload = Json(payload),
        PayloadHash = Chains.Make.Hash,
        TakenAt = Now,
    };

    /// <summary>In force from yesterday to tomorrow.</summary>
    public static Delegation Lends(string delegator, string receiver, string actionTypes = "*", string? id = null) => new()
    {
        Id = id ?? $"{delegator}-{receiver}",
        Delegator = delegator,
        Delegate = receiver,
        ActionTypes = [.. actionTypes.Split(' ')],
        From = Now.AddDays(-1),
        Until = Now.AddDays(1),
        CreatedAt = Now.AddDays(-2),
        CreatedBy = delegator,
    };

    public static Person Away(this Person person) => person with { AwayFrom = Now.AddDays(-1), AwayUntil = Now.AddDays(1) };

    public static ImmutableArray<Person> Away(this ImmutableArray<Person> people, params string[] ids) =>
        [.. people.Select(person => ids.Contains(person.Id) ? person.Away() : person)];

    private static Person Person(string line)
    {
        var parts = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
        return new Person
        {
            Id = parts[0],
            Name = parts[0],
            Kind = parts[0].StartsWith("bot", StringComparison.Ordinal) ? ActorType.Agent : ActorType.Human,
            Roles = [.. parts[1..].Where(part => char.IsLetter(part[0]))],
            Groups = [.. parts.Where(part => part[0] == '@').Select(part => part[1..])],
            Manager = parts.FirstOrDefault(part => part[0] == '^')?[1..],
            Substitute = parts.FirstOrDefault(part => part[0] == '~')?[1..],
            Department = parts.FirstOrDefault(part => part[0] == '#')?[1..],
        };
    }
}
