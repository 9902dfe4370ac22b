using System.Globalization;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Throughput;

/// <summary>What the load driver sends over HTTP, as the engine gets it.</summary>
internal static class Story
{
    private static readonly Actor Buyer = new() { Id = "buyer", Type = ActorType.Agent, Name = "Load buyer", Roles = [Roles.Requester] };
    private static readonly Actor Boss = new() { Id = "boss", Type = ActorType.Human, Name = "Load approver", Roles = [Roles.Approver, Roles.Admin] };
    private static readonly Origin Origin = new("127.0.0.1", null, "0af7651916cd43dd8448eb211c80319c");

    private static readonly LevelDefinition Level = new()
    {
        Name = "Boss",
        Groups = [new GroupDefinition { Approvers = ["user:boss"], Strategy = Strategy.Any }],
    };

    public static readonly TenantDirectory Tenant = new(
        new TenantSettings { Id = "load" },
        [
            new Person { Id = "buyer", Name = Buyer.Name, Kind = ActorType.Agent, Roles = Buyer.Roles },
            new Person { Id = "boss", Name = Boss.Name, Roles = Boss.Roles },
        ]);

    public static AuditDraft Allowed(long number, DateTimeOffset now)
    {
        var payload = Payload(number, 120);
        return new AuditDraft
        {
            Tenant = "load",
            At = now,
            Actor = Buyer,
            Action = AuditAction.GateChecked,
            Subject = SubjectOf(number),
            ActionType = "load.bill.post",
            Payload = payload,
            PayloadHash = PayloadHash.Of(payload),
            Outcome = AuditOutcome.Ok,
            Details = [new("decision", Value.From("allowed"))],
            Origin = Origin,
        };
    }

    public static StartRequest Start(string id, long number, DateTimeOffset now)
    {
        var payload = Payload(number, 7500);
        var hash = PayloadHash.Of(payload);
        var subject = SubjectOf(number);
        var create = new Command.Create
        {
            By = Buyer,
            Tenant = "load",
            RequestId = id,
            RequestType = "action",
            ActionType = "load.bill.post",
            Subject = subject,
            PayloadHash = hash,
            Policy = new("load.bill", 1),
            Levels = [Level],
            BusinessKey = BusinessKey.Of("load", "load.bill.post", subject, hash, Buyer.Id),
        };
        var snapshot = new Snapshot
        {
            Number = 1,
            Title = string.Create(CultureInfo.InvariantCulture, $"Bill {number}"),
            Requester = Buyer,
            Payload = payload,
            PayloadHash = hash,
            TakenAt = now,
        };
        var envelope = new CommandEnvelope
        {
            Tenant = "load",
            RequestId = id,
            CommandId = id,
            Command = create,
            Origin = Origin,
            Snapshot = snapshot,
            Involved = ["boss"],
        };
        return new StartRequest { Create = envelope, Attempt = Allowed(number, now) with { Payload = null } };
    }

    public static CommandEnvelope Approve(string id) => new()
    {
        Tenant = "load",
        RequestId = id,
        CommandId = Guid.CreateVersion7().ToString("N"),
        Command = new Command.Approve { By = Boss },
        Origin = Origin,
    };

    private static Subject SubjectOf(long number) => new("bill", string.Create(CultureInfo.InvariantCulture, $"b-{number}"));

    private static Value Payload(long number, double amount) => Value.Map(
        ("number", Value.From(number.ToString(CultureInfo.InvariantCulture))),
        ("amount", Value.From(amount)),
        ("currency", Value.From("EUR")),
        ("vendor", Value.Map(
            ("id", Value.From(string.Create(CultureInfo.InvariantCulture, $"v-{number % 5000}"))), ("name", Value.From("Vendor")), ("isNew", Value.False))),
        ("lines", Value.List([Line(10), Line(20), Line(30), Line(40), Line(20)])));

    private static Value Line(double amount) => Value.Map(("category", Value.From("opex")), ("amount", Value.From(amount)));
}
