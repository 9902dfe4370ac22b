using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Reading;

namespace Approvals.Api.Handlers;

/// <summary>The registry of approval types.</summary>
internal static class TypeHandlers
{
    public static ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if (query.Problem is { } problem)
        {
            return new(call.Refuse(problem));
        }
        var found = Paging.Of(call.Services.Types.All, page, static type => type.Type);
        return new(found is null
            ? call.Refuse(Paging.BadCursor)
            : Reply.Ok(found, static (json, found) => json.Page(found, static (json, type) => json.Value(type.ToValue()))));
    }
}
