using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Policies;

namespace Approvals.Api.Handlers;

/// <summary>Handing a place over, and asking one person more.</summary>
internal static class AssignmentHandlers
{
    public static async ValueTask<Reply> AssignAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var add = fields.Word("kind", "reassign", "add") == "add";
        var level = fields.OptionalInteger("level", 1, LevelReader.MaxLevels);
        var from = fields.OptionalId("from");
        var to = fields.Id("to");
        var reason = fields.OptionalProse("reason");
        var commandId = fields.OptionalId("commandId") ?? call.NewId("command");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var attempt = new Command.AddApprover(level, new Candidate(to), reason) { By = call.Caller.Actor };
        if (await call.Services.Commands.FindAsync(call.Caller, call.Origin, call.Path("id"), attempt, call.Cancellation) is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        // Who may not route is told so, whoever is named: nobody learns by it who exists.
        var candidate = call.Caller.Tenant.Directory.Meant(to) is { MayDecide: true } person ? new Candidate(person.Id) : null;
        Command command = add
            ? new Command.AddApprover(level, candidate, reason) { By = call.Caller.Actor }
            : new Command.Reassign(level, from, candidate, reason) { By = call.Caller.Actor };
        var result = await call.Services.Commands.SendAsync(call.Caller, call.Origin, request, commandId, new(command), call.Cancellation);
        return candidate is null && result.Receipt?.Refusal is { Code: RefusalCode.ValidationFailed }
            ? call.Refuse(Problem.Invalid("/to", "Must be a person of the directory."))
            : CommandReply.Of(call, commandId, result);
    }
}
