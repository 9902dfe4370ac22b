using System.Collections.Immutable;
using System.Globalization;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Policies;
using Approvals.Policies.Warnings;

namespace Approvals.Api.Handlers;

/// <summary>Policies: everybody of the tenant may read them, policy administrators write them.</summary>
internal static class PolicyHandlers
{
    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        var status = query.Word<PolicyStatus>("status");
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var all = await call.Services.Policies.ListAsync(call.Tenant, null, call.Cancellation);
        var found = Paging.Of([.. all.Where(version => status is null || version.Status == status)], page, static version =>
            $"{version.Policy.Key}@{version.Version.ToString(CultureInfo.InvariantCulture)}");
        return found is null ? call.Refuse(Paging.BadCursor) : Reply.Ok(found, static (json, found) => json.Page(found, PolicyJson.Write));
    }

    public static async ValueTask<Reply> GetAsync(Call call)
    {
        var versions = await call.Services.Policies.ListAsync(call.Tenant, call.Path("key"), call.Cancellation);
        return versions.IsEmpty ? call.Refuse(Problem.NotFound) : Reply.Ok(versions, PolicyJson.WriteVersions);
    }

    public static async ValueTask<Reply> GetVersionAsync(Call call)
    {
        var versions = await call.Services.Policies.ListAsync(call.Tenant, call.Path("key"), call.Cancellation);
        return Number(call) is { } number && versions.FirstOrDefault(version => version.Version == number) is { } found
            ? Reply.Ok(found, PolicyJson.Write)
            : call.Refuse(Problem.NotFound);
    }

    public static async ValueTask<Reply> DraftAsync(Call call)
    {
        if (!call.Caller.MayEditPolicies)
        {
            return call.Refuse(Problem.NotAuthorized);
        }
        if (!PolicyReader.TryRead(call.Body, call.Caller.Tenant.Settings, out var policy, out var errors))
        {
            return call.Refuse(PolicyProblem.Of(errors));
        }
        var version = await RepeatedAsync(call, policy.Key)
            ?? await PolicyDrafts.AddAsync(call.Services.Policies, call.Caller, call.Origin, policy, call.Body, call.Now, call.Cancellation);
        var warnings = await WarningsAsync(call, version);
        return Reply.Of(201, (version, warnings), static (json, content) => PolicyJson.Write(json, content.version, content.warnings)) with
        {
            Location = $"{ApprovalsEndpoints.Prefix}/policies/{version.Policy.Key}/versions/{version.Version.ToString(CultureInfo.InvariantCulture)}",
        };
    }

    /// <summary>The draft that an earlier try with the same Idempotency-Key made, should its response have been lost.</summary>
    private static async ValueTask<PolicyVersion?> RepeatedAsync(Call call, string key)
    {
        if (call.IdempotencyKey is null)
        {
            return null;
        }
        var versions = await call.Services.Policies.ListAsync(call.Tenant, key, call.Cancellation);
        return versions is [{ Status: PolicyStatus.Draft } newest, ..] && newest.CreatedBy == call.Caller.Id && newest.Source.Equals(call.Body)
            ? newest : null;
    }

    public static ValueTask<Reply> PublishAsync(Call call) => ChangeAsync(call, retire: false);

    public static ValueTask<Reply> RetireAsync(Call call) => ChangeAsync(call, retire: true);

    private static async ValueTask<Reply> ChangeAsync(Call call, bool retire)
    {
        if (!call.Caller.MayEditPolicies)
        {
            return call.Refuse(Problem.NotAuthorized);
        }
        var result = Number(call) is { } number
            ? await call.Services.Publication.ChangeAsync(
                call.Caller, call.Origin, call.Path("key"), number, retire, call.NewId("publication"), call.Cancellation)
            : null;
        if (result is null)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (result.Refusal is { } refusal)
        {
            return call.Refuse(Problem.Of(refusal));
        }
        var warnings = retire ? [] : await WarningsAsync(call, result.Version);
        return result.Version.PendingRequest is { } pending
            ? Reply.Of(202, (result.Version, pending, warnings), static (json, content) => WritePending(json, content.Version, content.pending, content.warnings)) with
            {
                Location = $"{ApprovalsEndpoints.Prefix}/requests/{pending}",
                RetryAfter = Reply.PendingRetryAfter,
            }
            : Reply.Ok((result.Version, warnings), static (json, content) => PolicyJson.Write(json, content.Version, content.warnings));
    }

    private static ValueTask<ImmutableArray<PolicyWarning>> WarningsAsync(Call call, PolicyVersion version) =>
        PolicyWarnings.OfAsync(call.Services.RecordedChecks, call.Caller.Tenant, version.Policy, call.Cancellation);

    private static void WritePending(System.Text.Json.Utf8JsonWriter json, PolicyVersion version, string requestId, ImmutableArray<PolicyWarning> warnings)
    {
        json.WriteStartObject();
        json.WriteString("outcome"u8, "pending"u8);
        json.WriteString("requestId"u8, requestId);
        json.WriteString("statusUrl"u8, $"{ApprovalsEndpoints.Prefix}/requests/{requestId}");
        json.WriteString("key"u8, version.Policy.Key);
        json.WriteNumber("version"u8, version.Version);
        json.WriteString("status"u8, Words.Of(version.Status));
        PolicyJson.Write(json, warnings);
        json.WriteEndObject();
    }

    private static int? Number(Call call) =>
        int.TryParse(call.Path("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
