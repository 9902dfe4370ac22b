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
        if (await call.Services.Commands.FindAsync(call.Caller, call.Path("id"), call.Cancellation) is null)
        {
            return call.Refuse(Problem.NotFound);
        }
        var person = call.Caller.Tenant.Directory.Meant(to);
        if (to.Length > 0 && person is not { MayDecide: true })
        {
            fields.Fail("to", "Must be a person of the directory.");
        }
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var candidate = new Candidate(person!.Id);
        Command command = add
            ? new Command.AddApprover(level, candidate, reason) { By = call.Caller.Actor }
            : new Command.Reassign(level, from, candidate, reason) { By = call.Caller.Actor };
        return await CommandHandlers.SendAsync(call, fields, command);
    }
}
