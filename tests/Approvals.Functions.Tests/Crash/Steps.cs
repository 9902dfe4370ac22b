using Approvals.Actors;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Functions.Tests.Crash;

/// <summary>One command; <paramref name="Start"/> where it starts the request.</summary>
internal sealed record Step(CommandEnvelope Envelope, StartRequest? Start = null)
{
    public static Step Of(StartRequest start) => new(start.Create, start);
}

/// <summary>What is done to requests: steps that lead up to one, and that one.</summary>
internal static class Steps
{
    private static readonly Actor Rita = Office.Actor("rita", ActorType.Human, Roles.Requester);

    public static string KeyOf(string requestId) => $"key-{requestId}";

    /// <summary>The last of them meets the faults.</summary>
    public static Step[] Of(string course, string id, DateTimeOffset now) => course switch
    {
        "start" => [Start(id, now)],
        "refused start" => [RefusedStart(id, now)],
        "decision" => [Start(id, now), Send(id, Office.Approve("ana"))],
        "refused decision" => [Start(id, now), Send(id, Office.Approve("eve"))],
        "claim" => [.. Approved(id, now), Send(id, new Command.ClaimGrant(Hash(5), "x1") { By = Rita })],
        "resubmission" => [Start(id, now), Send(id, new Command.RequestChanges("Smaller, please") { By = Office.Actor("ana") }), Resubmission(id, now)],
        _ => throw new ArgumentOutOfRangeException(nameof(course)),
    };

    private static Step[] Approved(string id, DateTimeOffset now) => [Start(id, now), Send(id, Office.Approve("ana")), Send(id, Office.Approve("cleo"))];

    private static Step Start(string id, DateTimeOffset now) =>
        Step.Of(Office.Request(id, now, subject: id, businessKey: KeyOf(id)) with { Attempt = Office.Entry(now) });

    private static Step RefusedStart(string id, DateTimeOffset now)
    {
        var start = Start(id, now).Start!;
        return Step.Of(start with { Create = start.Create with { Command = (Command.Create)start.Create.Command with { Levels = [] } } });
    }

    private static Step Resubmission(string id, DateTimeOffset now)
    {
        var first = Start(id, now).Envelope.Snapshot!;
        var payload = Value.Map(("amount", Value.From(3.0)), ("iban", Value.From("DE02")));
        var step = Send(id, new Command.Resubmit(Hash(3)) { By = Rita });
        return step with { Envelope = step.Envelope with { Snapshot = first with { Number = 2, Payload = payload, PayloadHash = Hash(3) } } };
    }

    private static Step Send(string id, Command command) => new(Office.Send(id, command));

    private static string Hash(double amount) => PayloadHash.Of(Value.Map(("amount", Value.From(amount)), ("iban", Value.From("DE02"))));
}
