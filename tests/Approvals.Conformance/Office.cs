using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Conformance;

/// <summary>A tenant and what its people do, in as few words as tests can bear.</summary>
public static class Office
{
    public const string Tenant = "contoso";

    /// <summary>Another tenant with people of the same names.</summary>
    public const string Neighbour = "fabrikam";

    public static ImmutableArray<TenantDirectory> Directory { get; } = [Of(Tenant), Of(Neighbour)];

    public static Actor Actor(string id, ActorType type = ActorType.Human, params string[] roles) =>
        new() { Id = id, Type = type, Name = char.ToUpperInvariant(id[0]) + id[1..], Roles = [.. roles] };

    public static LevelDefinition Level(string name, params string[] people) => new()
    {
        Name = name,
        Groups = [new GroupDefinition { Approvers = [.. people.Select(person => $"user:{person}")], Strategy = Strategy.Any }],
    };

    /// <summary>Rita asks for something.</summary>
    public static StartRequest Request(
        string id,
        DateTimeOffset now,
        string tenant = Tenant,
        string requester = "rita",
        string type = "action",
        string subject = "7",
        string title = "Buy a desk",
        string? businessKey = null,
        bool submit = true,
        double amount = 5,
        params ReadOnlySpan<LevelDefinition> levels)
    {
        var payload = Value.Map(("amount", Value.From(amount)), ("iban", Value.From("DE02")));
        var by = Actor(requester, ActorType.Human, Roles.Requester);
        ImmutableArray<LevelDefinition> chain = levels.IsEmpty ? [Level("Manager", "ana"), Level("Finance", "cleo")] : [.. levels];
        return new StartRequest
        {
            Submit = submit,
            Create = new CommandEnvelope
            {
                Tenant = tenant,
                RequestId = id,
                CommandId = $"create-{id}",
                Command = new Command.Create
                {
                    By = by,
                    Tenant = tenant,
                    RequestId = id,
                    Origin = RequestOrigin.Gate,
                    RequestType = type,
                    ActionType = $"purchasing.{type}",
                    Subject = new Subject("order", subject),
                    PayloadHash = PayloadHash.Of(payload),
                    Levels = chain,
                    BusinessKey = businessKey,
                },
                Snapshot = new Snapshot
                {
                    Number = 1,
                    Title = title,
                    Requester = by,
                    Payload = payload,
                    PayloadHash = PayloadHash.Of(payload),
                    TakenAt = now,
                },
                Involved = [.. chain.SelectMany(level => level.Groups).SelectMany(group => group.Approvers).Select(reference => reference[5..])],
            },
        };
    }

    public static CommandEnvelope Send(string requestId, Command command, string? commandId = null, string tenant = Tenant) => new()
    {
        Tenant = tenant,
        RequestId = requestId,
        CommandId = commandId ?? Guid.NewGuid().ToString("N"),
        Command = command,
    };

    public static Command.Approve Approve(string person) => new() { By = Actor(person) };

    public static Command.Reject Reject(string person, string? reason = "Too dear") => new(reason) { By = Actor(person) };

    /// <summary>An allowed gate call, or whatever else happened without a request.</summary>
    public static AuditDraft Entry(
        DateTimeOffset at, string actor = "bot", string action = AuditAction.GateChecked, string subject = "1", string? requestId = null, string tenant = Tenant) => new()
        {
            Tenant = tenant,
            At = at,
            Actor = Actor(actor, actor == "bot" ? ActorType.Agent : ActorType.Human),
            Action = action,
            Subject = new Subject("bill", subject),
            RequestId = requestId,
            ActionType = "purchasing.bill",
            Outcome = AuditOutcome.Ok,
            Payload = Value.Map(("n", Value.From(1.0))),
        };

    private static TenantDirectory Of(string id) => new(
        new TenantSettings { Id = id, TimeZone = "Europe/Berlin" },
        [
            .. new[] { "rita", "ana", "cleo", "dan", "eve" }.Select(person => new Person
            {
                Id = person,
                Name = Actor(person).Name,
                Email = $"{person}@{id}.test",
                Roles = [Roles.Approver],
            }),
            new Person { Id = "olga", Name = "Olga", Roles = [Roles.Admin] },
            new Person { Id = "bot", Name = "Bot", Kind = ActorType.Agent },
        ]);
}
