using System.Text.Json;
using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Directory;
using Approvals.Policies.Reading;
using Approvals.Ports;
using Approvals.Tokens;

namespace Approvals.Api.Handlers;

/// <summary>API tokens.</summary>
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

    private static readonly Problem NotOwn = Problem.Of(
        RefusalCode.NotAuthorized,
        "A token that decides or administers is made by its own person, signed in interactively, or on the operator's command line. Others are made so, too, or by administrators.");

    /// <summary>Administrators make tokens that ask and read for anybody; people, signed in interactively, make their own, and only they such as decide.</summary>
    public static async ValueTask<Reply> CreateAsync(Call call)
    {
        if (call.Services.Tokens is null)
        {
            return call.Refuse(Problem.NotFound);
        }
        var fields = new Fields(call.Body);
        // Elsewhere what is not known is passed over. Here it would be a token that never ends, where somebody wrote another word for its end.
        fields.Only("person", "expiresAt", "expires", "scopes");
        var person = fields.Id("person");
        var holder = call.Caller.Tenant.Directory.Meant(person);
        var isOwn = holder?.Id == call.Caller.Id && call.Caller.Actor is { Type: ActorType.Human } self && self.Assurance.Satisfies(Assurance.Interactive);
        if (!call.Caller.IsAdmin && !isOwn)
        {
            return call.Refuse(NotOwn);
        }
        var expiresAt = Ends(call, fields);
        if (person.Length > 0 && holder is not { MayAct: true })
        {
            fields.Fail("person", "Must be somebody of the directory who may sign in.");
        }
        var scopes = ReadScopes(fields, holder);
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        if ((scopes & Scopes.OfPeople) != Scopes.None && !isOwn)
        {
            return call.Refuse(NotOwn);
        }
        var (token, text) = TokenIssue.New(call.Tenant, holder!.Id, call.Caller.Id, call.Now, expiresAt, scopes);
        await call.Services.Tokens!.AddAsync(
            token, TokenIssue.Entry(token, AuditAction.TokenCreated, call.Caller.Actor, call.Origin, call.Now), call.Cancellation);
        return Reply.Of(201, (token, text), static (json, made) => Write(json, made.token, made.text)) with
        {
            Location = $"{ApprovalsEndpoints.Prefix}/tokens/{token.Id}",
            Keep = Kept(token),
        };
    }

    /// <summary>Administrators end any token, everybody their own.</summary>
    public static async ValueTask<Reply> RevokeAsync(Call call)
    {
        if (call.Services.Tokens is null)
        {
            return call.Refuse(Problem.NotFound);
        }
        var tokens = await call.Services.Tokens.ListAsync(call.Tenant, call.Cancellation);
        var found = tokens.FirstOrDefault(token => token.Id == call.Path("id"));
        if (!call.Caller.IsAdmin && (call.Caller.Actor.Type != ActorType.Human || found?.Person != call.Caller.Id))
        {
            return call.Refuse(Problem.NotAuthorized);
        }
        if (found is null)
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

    /// <summary>Null: never.</summary>
    private static DateTimeOffset? Ends(Call call, Fields fields)
    {
        var expiresAt = fields.OptionalInstant("expiresAt");
        if (expiresAt <= call.Now)
        {
            fields.Fail("expiresAt", "Must be in the future.");
        }
        if (fields.OptionalId("expires") is not { } span)
        {
            return expiresAt ?? call.Now + TokenIssue.Lifetime;
        }
        if (expiresAt is not null || span == TokenIssue.Never)
        {
            return expiresAt;
        }
        if (!PolicyDuration.TryParse(span, out var after))
        {
            fields.Fail("expires", "Must be a duration such as 90d, or never.");
        }
        return call.Now + after;
    }

    private static Scopes ReadScopes(Fields fields, Person? holder)
    {
        if (fields.OptionalIds("scopes", ScopeWords.All.Length) is not { } words)
        {
            return Scopes.Default;
        }
        if (!ScopeWords.TryParse(words, out var scopes))
        {
            fields.Fail("scopes", $"Must be one or more of: {string.Join(", ", ScopeWords.All)}.");
        }
        else if (holder is { Kind: not ActorType.Human } && (scopes & Scopes.OfPeople) != Scopes.None)
        {
            fields.Fail("scopes", "An agent's token can't decide or administer.");
        }
        return scopes;
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
        json.Strings("scopes"u8, ScopeWords.Words(token.Scopes));
        json.OptionalString("token"u8, text);
        json.Instant("createdAt"u8, token.CreatedAt);
        json.OptionalInstant("expiresAt"u8, token.ExpiresAt);
        json.OptionalInstant("revokedAt"u8, token.RevokedAt);
        json.WriteEndObject();
    }
}
