using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Audit;
using Approvals.Policies.Reading;
using Approvals.Ports;
using Approvals.Tokens;


namespace Approvals.Api.Handlers;

/// <summary>API tokens, for administrators.</summary>
internal static class TokenHandlers
{
    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if ((Refusal(call) ?? query.Problem) is { } problem)
        {
            return call.Refuse(problem);
        }
        var all = await call.Services.Tokens!.ListAsync(call.Tenant, call.Cancellation);
        var found = Paging.Of(all, page, static token => token.Id);
        return found is null
            ? call.Refuse(Paging.BadCursor)
            : Reply.Ok(found, static (json, found) => json.Page(found, static (json, token) => Write(json, token, null)));
    }

    public static async ValueTask<Reply> CreateAsync(Call call)
    {
        if (Refusal(call) is { } refusal)
        {
            return call.Refuse(refusal);
        }
        var fields = new Fields(call.Body);
        // Elsewhere what is not known is passed over. Here it would be a token that never ends, where somebody wrote another word for its end.
        fields.Only("person", "expiresAt", "expires");
        var person = fields.Id("person");
        var expiresAt = fields.OptionalInstant("expiresAt");
        if (fields.OptionalId("expires") is { } span && expiresAt is null)
        {
            expiresAt = PolicyDuration.TryParse(span, out var after) ? call.Now + after : null;
            if (expiresAt is null)
            {
                fields.Fail("expires", "Must be a duration such as 90d.");
            }
        }
        if (expiresAt <= call.Now)
        {
            fields.Fail("expiresAt", "Must be in the future.");
        }
        var holder = call.Caller.Tenant.Directory.Meant(person);
        if (person.Length > 0 && holder is not { MayAct: true })
        {
            fields.Fail("person", "Must be somebody of the directory who may sign in.");
        }
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var (token, text) = TokenIssue.New(call.Tenant, holder!.Id, call.Now, expiresAt);
        await call.Services.Tokens!.AddAsync(
            token, TokenIssue.Entry(token, AuditAction.TokenCreated, call.Caller.Actor, call.Origin, call.Now), call.Cancellation);
        return Reply.Of(201, (token, text), static (json, made) => Write(json, made.token, made.text)) with
        {
            Location = $"{ApprovalsEndpoints.Prefix}/tokens/{token.Id}",
            Keep = Kept(token),
        };
    }

    public static async ValueTask<Reply> RevokeAsync(Call call)
    {
        if (Refusal(call) is { } refusal)
        {
            return call.Refuse(refusal);
        }
        var tokens = await call.Services.Tokens!.ListAsync(call.Tenant, call.Cancellation);
        if (tokens.FirstOrDefault(token => token.Id == call.Path("id")) is not { } found)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (found.RevokedAt is null)
        {
            await call.Services.Tokens.RevokeAsync(
                call.Tenant, found.Id, call.Now, TokenIssue.Entry(found, AuditAction.TokenRevoked, call.Caller.Actor, call.Origin, call.Now),
                call.Cancellation);
        }
        return Reply.NoContent;
    }

    /// <summary>What a repeat of the call is told: that it was made, but not the text, which is kept nowhere.</summary>
    private static ReadOnlyMemory<byte> Kept(ApiToken token)
    {
        using var body = ReplyBody.Rent();
        Write(body.Json, token, null);
        body.Json.Flush();
        return body.Written.ToArray();
    }

    private static Problem? Refusal(Call call) =>
        !call.Caller.IsAdmin ? Problem.NotAuthorized : call.Services.Tokens is null ? Problem.NotFound : null;

    private static void Write(Utf8JsonWriter json, ApiToken token, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, token.Id);
        json.WriteString("person"u8, token.Person);
        json.OptionalString("token"u8, text);
        json.Instant("createdAt"u8, token.CreatedAt);
        json.OptionalInstant("expiresAt"u8, token.ExpiresAt);
        json.OptionalInstant("revokedAt"u8, token.RevokedAt);
        json.WriteEndObject();
    }
}
