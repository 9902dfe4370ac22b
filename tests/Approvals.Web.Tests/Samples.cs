using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Web.Rendering;
using Approvals.Web.Trail;

namespace Approvals.Web.Tests;

/// <summary>A small tenant and a request in the middle of its chain.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 14, 30, 0, TimeSpan.Zero);

    public static readonly Person Ana = new() { Id = "ana", Name = "Ana Alves", Roles = ["approver", "finance-manager"], Manager = "cleo" };

    public static readonly TenantSnapshot Tenant = new(
        new TenantSettings { Id = "contoso", TimeZone = "Europe/Berlin" },
        new DirectorySnapshot(
        [
            Ana,
            new Person { Id = "bo", Name = "Bo Berg", Roles = ["approver", "finance-manager"] },
            new Person { Id = "cleo", Name = "Cleo Costa", Roles = ["approver"] },
            new Person { Id = "dara", Name = "Dara Diaz", Roles = ["requester"], Manager = "cleo" },
        ]),
        new PolicySet([]),
        new DelegationSet([]));

    public static PageContext Page(string path = "/inbox", Actor? actor = null) => new()
    {
        Now = Now,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
        Path = path,
        Forgery = new ForgeryField("__forgery", "token"),
        Reader = new Reader(new Caller(actor ?? Ana.ToActor() with { Roles = ["approver", "auditor"] }, Tenant), 12, 2, 3, CanSignOut: true),
    };

    public static RequestSummary Summary(int number, string title, TimeSpan due) => new()
    {
        Id = $"r{number}",
        RequestType = "action",
        ActionType = "purchasing.vendorBill.post",
        Title = title,
        Status = RequestStatus.InReview,
        Requester = new ActorRef("dara", ActorType.Human),
        Subject = new Subject("bill", $"B-{number}"),
        CreatedAt = Now - TimeSpan.FromHours(number + 1),
        CurrentLevel = 1,
        LevelName = "Finance",
        DueAt = Now + due,
    };

    public static readonly Value Payload = JsonText.Parse("""
        {"number":"B-1041","amount":52340.5,"currency":"EUR","vendor":{"name":"Nordwind Logistik GmbH","isNew":true,"iban":"DE89370400440532013000"},
         "dueDate":"2026-03-31T00:00:00Z","recurring":false,
         "lines":[{"sku":"FRT-1","text":"Freight March","quantity":12,"amount":40000},{"sku":"STO-9","text":"Storage","quantity":1,"amount":12340.5}],
         "attachments":[{"name":"Invoice B-1041.pdf","url":"https://files.contoso.test/b-1041.pdf"},{"name":"old scan","url":"http://files.contoso.test/x"}]}
        """);

    public static RequestState State() => new()
    {
        Tenant = "contoso",
        Id = "r1",
        Version = 4,
        Status = RequestStatus.InReview,
        RequestType = "action",
        ActionType = "purchasing.vendorBill.post",
        Requester = new ActorRef("dara", ActorType.Human),
        Subject = new Subject("bill", "B-1041"),
        Snapshot = 2,
        PayloadHash = PayloadHash.Of(Payload),
        Policy = new PolicyRef("purchasing.vendorBill.post", 3),
        Levels =
        [
            new LevelState
            {
                Definition = Level("Manager", "manager:requester", Strategy.Any),
                Status = LevelStatus.Approved,
                EnteredAt = Now.AddHours(-30),
                DecidedAt = Now.AddHours(-26),
                Groups = [Group(Strategy.Any, new ApproverState { Person = "cleo", Status = ApproverStatus.Approved, DecidedBy = "bo", DecidedAt = Now.AddHours(-26), Comment = "Matches the contract." })],
            },
            new LevelState
            {
                Definition = Level("Finance", "role:finance-manager", Strategy.All) with { EscalateTo = ["user:cleo"] },
                Status = LevelStatus.Open,
                EnteredAt = Now.AddHours(-26),
                DueAt = Now.AddHours(3),
                Escalations = 1,
                Groups = [Group(Strategy.All, new ApproverState { Person = "ana" }, new ApproverState { Person = "bo" })],
            },
            new LevelState { Definition = Level("Director", "role:cfo", Strategy.Any) with { When = "payload.amount > 50000" } },
        ],
        CurrentLevel = 2,
        CompleteWithin = TimeSpan.FromDays(7),
        GrantValidFor = TimeSpan.FromDays(1),
        CreatedAt = Now.AddHours(-31),
        SubmittedAt = Now.AddHours(-30),
    };

    public static StoredRequest Request() => new(
        State(),
        new Snapshot
        {
            Number = 2,
            Title = "Bill B-1041 from Nordwind Logistik GmbH",
            Description = "The bill will be posted to the ledger and paid with the next payment run.",
            Requester = new Actor { Id = "dara", Name = "Dara Diaz", Type = ActorType.Human },
            Payload = Payload,
            PayloadHash = PayloadHash.Of(Payload),
            Sensitive = ["payload.vendor.iban"],
            TakenAt = Now.AddHours(-30),
        },
        ChainHead.Empty);

    public static ImmutableArray<TrailItem> History() => Items(
        Entry(-30, Person("dara"), AuditAction.Requested, null),
        Entry(-26, Person("bo"), AuditAction.Approved, "Matches the contract.", "cleo"),
        Entry(-3, Actor.System, AuditAction.Escalated, null),
        Entry(-2, Person("dara"), AuditAction.Commented, "The vendor asked for payment by Friday."));

    /// <summary>An entry of the request's trail, of one hour before now.</summary>
    public static AuditDraft Entry(string actor, string action, string details = "{}", string outcome = AuditOutcome.Ok) =>
        Entry(-1, actor == "system" ? Actor.System : Person(actor), action, null) with { Outcome = outcome, Details = [.. JsonText.Parse(details).Members] };

    public static ImmutableArray<TrailItem> Items(params AuditDraft[] drafts)
    {
        var entries = AuditChain.Append("r1", ChainHead.Empty, [.. drafts]);
        return [.. entries.Select((entry, i) => TrailItem.Of(new StoredEntry(i, entry.Chain, entry.Sequence, entry.Canonical, entry.Hash)))];
    }

    private static Actor Person(string id) => Tenant.Directory.Find(id)!.ToActor();

    private static AuditDraft Entry(int hours, Actor actor, string action, string? reason, string? behalf = null) => new()
    {
        Tenant = "contoso",
        At = Now.AddHours(hours),
        Actor = actor,
        OnBehalfOf = behalf,
        Action = action,
        RequestId = "r1",
        Outcome = AuditOutcome.Ok,
        Reason = reason,
        Details = [new("level", Value.From(1))],
    };

    private static LevelDefinition Level(string name, string approver, Strategy strategy) =>
        new() { Name = name, Groups = [new GroupDefinition { Approvers = [approver], Strategy = strategy }] };

    private static GroupState Group(Strategy strategy, params ApproverState[] places) => new() { Strategy = strategy, Approvers = [.. places] };
}
