using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Testing;

/// <summary>A small tenant: rita asks, ana then cleo approve, dan delegates for ana, wim watches, olga administers, bot is an agent.</summary>
public static class Contoso
{
    public const string Id = "contoso";

    public static TenantSnapshot Tenant(params Delegation[] delegations) => new(
        new TenantSettings { Id = Id },
        new DirectorySnapshot(
        [
            Person("rita", "requester"), Person("ana", "approver"), Person("cleo", "approver"), Person("dan", "approver"), Person("wim"),
            Person("olga", "admin"), Person("bot", "requester") with { Kind = ActorType.Agent, Email = null },
        ]),
        new PolicySet([]),
        new DelegationSet(delegations));

    /// <summary>Ana lends dan everything for the whole year.</summary>
    public static readonly Delegation AnaToDan = new()
    {
        Id = "d1",
        Delegator = "ana",
        Delegate = "dan",
        From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Until = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        CreatedBy = "ana",
    };

    public static LevelDefinition Level(string name, params string[] people) =>
        new() { Name = name, Groups = [new GroupDefinition { Approvers = [.. people.Select(person => $"user:{person}")], Strategy = Strategy.Any }] };

    /// <summary>A request by rita, submitted.</summary>
    public static StartRequest Request(
        string id, DateTimeOffset now, string type = "action", string payload = """{"amount":5}""", string title = "Buy a desk", params LevelDefinition[] levels)
    {
        var rita = Person("rita", "requester").ToActor();
        var value = JsonText.Parse(payload);
        return new StartRequest
        {
            Create = new CommandEnvelope
            {
                Tenant = Id,
                RequestId = id,
                CommandId = id,
                Command = new Command.Create
                {
                    By = rita,
                    Tenant = Id,
                    RequestId = id,
                    Origin = RequestOrigin.Gate,
                    RequestType = type,
                    ActionType = type == ApprovalType.Generic ? "purchasing.order" : $"types.{type}",
                    Subject = new Subject("order", "7"),
                    PayloadHash = PayloadHash.Of(value),
                    Levels = levels.Length > 0 ? [.. levels] : [Level("Manager", "ana"), Level("Finance", "cleo")],
                    Watchers = ["wim"],
                },
                Snapshot = new Snapshot
                {
                    Number = 1,
                    Title = title,
                    Description = "For the new office",
                    Requester = rita,
                    Payload = value,
                    PayloadHash = PayloadHash.Of(value),
                    Sensitive = ["payload.iban"],
                    TakenAt = now,
                },
            },
        };
    }

    private static Person Person(string id, params string[] roles) => new()
    {
        Id = id,
        Name = char.ToUpperInvariant(id[0]) + id[1..],
        Email = $"{id}@contoso.test",
        Roles = [.. roles],
    };
}
