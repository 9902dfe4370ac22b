using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Client;

/// <summary>
/// The gate of an Approvals service. Check an action, wait for the decision, claim the grant, execute, report; <see cref="ApprovalRun"/> does
/// all of it. Every call is safe to retry: it carries an idempotency key. Safe for use by many threads.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApprovalProblemException"/> where the service refuses the call itself (invalid, not authorized, unknown),
/// <see cref="HttpRequestException"/> where it can't be reached, and <see cref="OperationCanceledException"/>.
/// </remarks>
/// <param name="http">Its base address is the service's; it carries the caller's credentials.</param>
/// <param name="time">The clock by which <see cref="WaitAsync"/> ends; null: the system's.</param>
/// <param name="logger">Gets a line for each decision; null: none.</param>
public sealed class ApprovalsClient(HttpClient http, TimeProvider? time = null, ILogger<ApprovalsClient>? logger = null)
{
    /// <summary>The longest wait of one call; the service's own limit.</summary>
    public static readonly TimeSpan MaxLongPoll = TimeSpan.FromSeconds(30);

    private const string Gate = "api/v1/gate";
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    internal ILogger Logger { get; } = logger ?? NullLogger<ApprovalsClient>.Instance;

    /// <summary>Asks whether the action may be executed. A repeated check of the same action and payload finds the same request.</summary>
    /// <param name="payload">A JSON object: what will be done, whole. Exactly this is approved.</param>
    public async Task<GateAnswer> CheckAsync(GatedAction action, JsonElement payload, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        var body = new GateBody(
            action.ActionType, new(action.SubjectType, action.SubjectId), payload, action.Title, action.Description, action.Type, action.Reopen ? true : null);
        return Answer(await SendAsync(HttpMethod.Post, Gate, body, Wire.Default.GateBody, cancellation));
    }

    /// <summary>Asks again what the gate says of a request, and waits for a change of a pending one.</summary>
    /// <param name="wait">Zero: answers at once. At most <see cref="MaxLongPoll"/>; longer waits are cut.</param>
    public async Task<GateAnswer> GetAsync(string requestId, TimeSpan wait = default, CancellationToken cancellation = default)
    {
        var seconds = (int)Math.Clamp(wait.TotalSeconds, 0, MaxLongPoll.TotalSeconds);
        return Answer(await SendAsync<object>(HttpMethod.Get, $"{Gate}/{Segment(requestId)}?wait={seconds}", null, null, cancellation));
    }

    /// <summary>Waits until the request is decided, by long polling.</summary>
    /// <returns>The decision, or the pending answer once <paramref name="timeout"/> is over.</returns>
    public async Task<GateAnswer> WaitAsync(string requestId, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var end = _time.GetUtcNow() + timeout;
        while (true)
        {
            var asked = _time.GetUtcNow();
            var answer = await GetAsync(requestId, end - asked, cancellation);
            var now = _time.GetUtcNow();
            if (answer.Outcome != GateOutcome.Pending || end - now < PollInterval)
            {
                return answer;
            }
            // A service that answers at once instead of waiting is not asked in a tight loop.
            if (asked + PollInterval is var next && next > now)
            {
                await Task.Delay(next - now, _time, cancellation);
            }
        }
    }

    /// <summary>Claims the grant: from here on the action counts as executed, whatever becomes of this process. Only one claim succeeds.</summary>
    /// <param name="payload">Exactly the approved payload.</param>
    /// <exception cref="ApprovalProblemException"><c>APPROVAL_ALREADY_EXECUTED</c>, <c>APPROVAL_PAYLOAD_CHANGED</c>, <c>APPROVAL_GRANT_EXPIRED</c> …</exception>
    public async Task<Execution> ClaimAsync(string requestId, Grant grant, JsonElement payload, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var response = await SendAsync(
            HttpMethod.Post, $"{Gate}/{Segment(requestId)}/execution", new ClaimBody(grant.Token, payload), Wire.Default.ClaimBody, cancellation);
        var executionId = response.Status == HttpStatusCode.Accepted
            ? (await SettleAsync(response, cancellation)).ExecutionId
            : Succeeded(response).ExecutionId;
        return new Execution(requestId, executionId ?? throw Unreadable(response));
    }

    /// <summary>Reports what became of a claimed execution. Without a report the service shows it as unknown after an hour.</summary>
    public async Task ReportAsync(Execution execution, bool succeeded, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var path = $"{Gate}/{Segment(execution.RequestId)}/execution/{Segment(execution.ExecutionId)}/result";
        await SettledAsync(await SendAsync(HttpMethod.Post, path, new ReportBody(succeeded ? "succeeded" : "failed"), Wire.Default.ReportBody, cancellation), cancellation);
    }

    /// <summary>Withdraws one's own request before it is decided.</summary>
    public async Task WithdrawAsync(string requestId, string? reason = null, CancellationToken cancellation = default) =>
        await SettledAsync(
            await SendAsync(HttpMethod.Post, $"api/v1/requests/{Segment(requestId)}/withdrawal", new WithdrawalBody(reason), Wire.Default.WithdrawalBody, cancellation),
            cancellation);

    private async Task SettledAsync(Response response, CancellationToken cancellation)
    {
        if (response.Status == HttpStatusCode.Accepted)
        {
            await SettleAsync(response, cancellation);
        }
        else
        {
            Succeeded(response);
        }
    }

    /// <summary>Follows an accepted command until it is carried out or refused.</summary>
    private async Task<CommandBody> SettleAsync(Response accepted, CancellationToken cancellation)
    {
        // The address must be the service's own: credentials go with the call.
        var location = accepted.Location is ['/', not '/', ..] own ? own : throw Unreadable(accepted);
        while (true)
        {
            var response = await SendAsync<object>(HttpMethod.Get, location, null, null, cancellation);
            var command = Parse(Succeeded(response).Raw, Wire.Default.CommandBody) ?? throw Unreadable(response);
            switch (command.Status)
            {
                case "done":
                    return command;
                case "refused":
                    throw new ApprovalProblemException(Problem(response, command.Problem));
                case "pending":
                    await Task.Delay(PollInterval, _time, cancellation);
                    break;
                default:
                    throw Unreadable(response);
            }
        }
    }

    /// <summary>A "no" of the gate is a problem document with an outcome; every other problem is thrown.</summary>
    private static GateAnswer Answer(Response response)
    {
        var body = response.Body;
        if (body?.Outcome is null)
        {
            throw new ApprovalProblemException(Problem(response, body));
        }
        var outcome = Outcome(body.Outcome);
        // Only a plain 200 lets an action pass, whatever its body says.
        var passes = outcome is GateOutcome.Allowed or GateOutcome.Approved;
        return new GateAnswer
        {
            Outcome = passes && response.Status != HttpStatusCode.OK ? GateOutcome.Unknown : outcome,
            RequestId = body.RequestId,
            Grant = body.Grant,
            Explanation = body.Explanation,
            StatusUrl = body.StatusUrl,
            Reason = body.Reason ?? body.Detail,
            Code = body.Code,
        };
    }

    private static GateOutcome Outcome(string word) => word switch
    {
        "allowed" => GateOutcome.Allowed,
        "approved" => GateOutcome.Approved,
        "pending" => GateOutcome.Pending,
        "rejected" => GateOutcome.Rejected,
        "expired" => GateOutcome.Expired,
        "withdrawn" => GateOutcome.Withdrawn,
        "executed" => GateOutcome.Executed,
        "grant_expired" => GateOutcome.GrantExpired,
        "revoked" => GateOutcome.Revoked,
        _ => GateOutcome.Unknown,
    };

    private async Task<Response> SendAsync<T>(HttpMethod method, string path, T? body, JsonTypeInfo<T>? type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (type is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body!, type));
            request.Content.Headers.ContentType = new("application/json");
            // A retry of this message repeats the key, so that the service carries it out once.
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        var raw = await response.Content.ReadAsByteArrayAsync(cancellation);
        return new Response(response.StatusCode, Parse(raw, Wire.Default.AnswerBody), raw, response.Headers.Location?.OriginalString, response.Headers.RetryAfter?.Delta);
    }

    private static T? Parse<T>(byte[] raw, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return raw.Length == 0 ? null : JsonSerializer.Deserialize(raw, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Success Succeeded(Response response) => (int)response.Status is >= 200 and < 300
        ? new Success(response.Body?.ExecutionId, response.Raw)
        : throw new ApprovalProblemException(Problem(response, response.Body));

    private static ApprovalProblem Problem(Response response, AnswerBody? body) => new((int)response.Status, body?.Code ?? $"HTTP_{(int)response.Status}")
    {
        Title = body?.Title,
        Detail = body?.Detail,
        TraceId = body?.TraceId,
        RetryAfter = response.RetryAfter,
        Fields = [.. (body?.Fields ?? []).Select(field => new KeyValuePair<string, string>(field.Pointer ?? "", field.Message ?? ""))],
    };

    private static ApprovalProblemException Unreadable(Response response) =>
        new(new ApprovalProblem((int)response.Status, $"HTTP_{(int)response.Status}") { Detail = "The service's answer could not be understood." });

    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Uri.EscapeDataString(id);
    }

    private sealed record Response(HttpStatusCode Status, AnswerBody? Body, byte[] Raw, string? Location, TimeSpan? RetryAfter);

    private sealed record Success(string? ExecutionId, byte[] Raw);
}
