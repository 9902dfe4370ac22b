using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>Commands on one request. The identity is the principal's; a body never names it.</summary>
internal static class CommandHandlers
{
    public static ValueTask<Reply> SubmitAsync(Call call) =>
        SendAsync(call, new Fields(call.Body), new Command.Submit { By = call.Caller.Actor });

    public static ValueTask<Reply> WithdrawAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var reason = fields.OptionalProse("reason") ?? fields.OptionalProse("comment");
        return SendAsync(call, fields, new Command.Withdraw(reason) { By = call.Caller.Actor });
    }

    public static ValueTask<Reply> CommentAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var comment = fields.OptionalProse("comment");
        if (comment is null && fields.Errors.Count == 0)
        {
            fields.Fail("comment", "Is required.");
        }
        return SendAsync(call, fields, new Command.AddComment(comment ?? "") { By = call.Caller.Actor });
    }

    public static ValueTask<Reply> OverrideAsync(Call call)
    {
        var fields = new Fields(call.Body);
        return SendAsync(call, fields, new Command.Override(fields.OptionalProse("reason")) { By = call.Caller.Actor });
    }

    public static async ValueTask<Reply> ResubmitAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var payload = fields.Map("payload");
        var title = fields.OptionalId("title", Snapshot.MaxTitleLength);
        var description = fields.OptionalProse("description");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        if (await call.Services.Commands.FindAsync(call.Caller, call.Path("id"), call.Cancellation) is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        var snapshot = request.Snapshot.Next(call.Caller.Actor, payload, call.Now, title, description);
        return await SendAsync(call, fields, new Command.Resubmit(snapshot.PayloadHash) { By = call.Caller.Actor }, snapshot);
    }

    /// <param name="fields">Its <c>commandId</c> is read here.</param>
    public static async ValueTask<Reply> SendAsync(Call call, Fields fields, Command command, Snapshot? snapshot = null)
    {
        var commandId = fields.OptionalId("commandId") ?? call.NewId("command");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var result = await call.Services.Commands.SendAsync(
            call.Caller, call.Origin, call.Path("id"), commandId, new(command, snapshot), call.Cancellation);
        return CommandReply.Of(call, commandId, result);
    }
}
