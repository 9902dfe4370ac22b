using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Policies;

namespace Approvals.Api.Handlers;

/// <summary>Handing a place over, and asking one person more.</summary>
internal static class AssignmentHandlers
{
    public static ValueTask<Reply> AssignAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var add = fields.Word("kind", "reassign", "add") == "add";
        var level = fields.OptionalInteger("level", 1, LevelReader.MaxLevels);
        var from = fields.OptionalId("from");
        var to = fields.Id("to");
        var reason = fields.OptionalProse("reason");
        if (to.Length > 0 && call.Caller.Tenant.Directory.Find(to) is not { Kind: ActorType.Human })
        {
            fields.Fail("to", "Must be a person of the directory.");
        }
        var candidate = new Candidate(to);
        Command command = add
            ? new Command.AddApprover(level, candidate, reason) { By = call.Caller.Actor }
            : new Command.Reassign(level, from, candidate, reason) { By = call.Caller.Actor };
        return CommandHandlers.SendAsync(call, fields, command);
    }
}
