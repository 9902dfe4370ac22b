using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Directory;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>The tenant's people: everybody may look names up, administrators change them.</summary>
internal static class DirectoryHandlers
{
    private static readonly Problem NotOurs = Problem.Of(Chains.RefusalCode.InvalidState, "This directory is kept elsewhere.");

    public static ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if ((call.Caller.IsAdmin ? query.Problem : Problem.NotAuthorized) is { } problem)
        {
            return new(call.Refuse(problem));
        }
        var found = Paging.Of(call.Caller.Tenant.Directory.People, page, static person => person.Id);
        return new(found is null ? call.Refuse(Paging.BadCursor) : Reply.Ok(found, static (json, found) => json.Page(found, PersonJson.Write)));
    }

    public static ValueTask<Reply> GetAsync(Call call) => new(
        !call.Caller.IsAdmin ? call.Refuse(Problem.NotAuthorized)
        : call.Caller.Tenant.Directory.Meant(call.Path("id")) is { } person ? Reply.Ok(person, PersonJson.Write)
        : call.Refuse(Problem.NotFound));

    public static async ValueTask<Reply> PutAsync(Call call)
    {
        if (Refusal(call) is { } refusal)
        {
            return call.Refuse(refusal);
        }
        var id = call.Path("id");
        if (!DirectoryReader.TryReadPerson(WithId(call.Body, id), out var person, out var errors))
        {
            return call.Refuse(Problem.Invalid([.. errors.Select(error => new FieldError(error.Pointer, error.Message))]));
        }
        if (person.Id != id)
        {
            return call.Refuse(Problem.Invalid("/id", "Must be the id of the address."));
        }
        var result = await call.Services.Directory.PutAsync(call.Caller, call.Origin, person, call.NewId("directory"), call.Cancellation);
        return result switch
        {
            { Refusal: { } refused } => call.Refuse(Problem.Of(refused)),
            { Request: { } request } => Reply.Of(202, request.State.Id, PersonJson.WritePending) with
            {
                Location = $"{ApprovalsEndpoints.Prefix}/requests/{request.State.Id}",
                RetryAfter = Reply.PendingRetryAfter,
            },
            _ => Reply.Of(result.Before is null ? 201 : 200, result.After, PersonJson.Write),
        };
    }

    public static async ValueTask<Reply> RemoveAsync(Call call)
    {
        if (Refusal(call) is { } refusal)
        {
            return call.Refuse(refusal);
        }
        return await call.Services.Directory.RemoveAsync(call.Caller, call.Origin, call.Path("id"), call.Cancellation) is not { } result
            ? call.Refuse(Problem.NotFound)
            : result.Refusal is { } refused ? call.Refuse(Problem.Of(refused)) : Reply.NoContent;
    }

    private static Problem? Refusal(Call call) =>
        !call.Caller.IsAdmin ? Problem.NotAuthorized : !call.Services.Directory.IsOurs ? NotOurs : null;

    private static Value WithId(Value body, string id) => body.Kind != ValueKind.Map || body.Members.Contains("id")
        ? body
        : Value.Map(body.Members.Prepend(new("id", Value.From(id))));
}
