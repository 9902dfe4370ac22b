using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Delegations;

namespace Approvals.Api.Handlers;

/// <summary>Authority lent for a time.</summary>
internal static class DelegationHandlers
{
    private const int MostPatterns = 50;

    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        var person = query.Text("person");
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var whose = call.Caller.SeesAll ? person : call.Caller.Reader.Id;
        var found = await call.Services.Delegations.ListAsync(call.Tenant, whose, page, call.Cancellation);
        return Reply.Ok((found, call.Now), static (json, content) =>
            json.Page(content.found, (json, delegation) => DelegationJson.Write(json, delegation, content.Now)));
    }

    public static async ValueTask<Reply> CreateAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var delegation = new Delegation
        {
            Id = call.NewId("delegation"),
            Delegator = fields.OptionalId("delegator") ?? call.Caller.Id,
            Delegate = fields.Id("delegate"),
            ActionTypes = fields.OptionalIds("actionTypes", MostPatterns) ?? ["*"],
            From = fields.OptionalInstant("from") ?? call.Now,
            Until = fields.Instant("until"),
            Reason = fields.OptionalProse("reason", DelegationRules.MaxReasonLength),
            CreatedAt = call.Now,
            CreatedBy = call.Caller.Id,
        };
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var result = await call.Services.Delegating.CreateAsync(
            call.Caller, call.Origin, delegation, call.NewId("delegation-request"), call.Cancellation);
        if (Refusal(result) is { } refused)
        {
            return call.Refuse(refused);
        }
        var pending = result.Delegation.PendingRequest;
        return Reply.Of(pending is null ? 201 : 202, (result.Delegation, call.Now), static (json, content) =>
            DelegationJson.Write(json, content.Delegation, content.Now)) with
        {
            Location = pending is null
                ? $"{ApprovalsEndpoints.Prefix}/delegations/{result.Delegation.Id}"
                : $"{ApprovalsEndpoints.Prefix}/requests/{pending}",
        };
    }

    public static async ValueTask<Reply> GetAsync(Call call) =>
        await call.Services.Delegations.FindAsync(call.Tenant, call.Path("id"), call.Cancellation) is { } found
            && Delegating.MaySee(call.Caller, found)
            ? Reply.Ok((found, call.Now), static (json, content) => DelegationJson.Write(json, content.found, content.Now))
            : call.Refuse(Problem.NotFound);

    public static async ValueTask<Reply> EndAsync(Call call)
    {
        var result = await call.Services.Delegating.EndAsync(call.Caller, call.Origin, call.Path("id"), call.Cancellation);
        return result is null ? call.Refuse(Problem.NotFound)
            : Refusal(result) is { } refused ? call.Refuse(refused)
            : Reply.NoContent;
    }

    private static Problem? Refusal(DelegationResult result) => result.Refusal switch
    {
        null => null,
        { Code: RefusalCode.ValidationFailed } refusal when result.Field is { } field => Problem.Invalid($"/{field}", refusal.Detail),
        var refusal => Problem.Of(refusal),
    };
}
