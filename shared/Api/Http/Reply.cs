using System.Text.Json;
using Approvals.Api.Problems;
using Approvals.Ports;
using Approvals.Telemetry;

namespace Approvals.Api.Http;

/// <summary>An answer before it is sent, so that it can be kept for a repeat of the call. Sending it gives its body back.</summary>
public readonly record struct Reply
{
    public const string Json = "application/json";
    public const string ProblemJson = "application/problem+json";

    /// <summary>Seconds after which it makes sense to ask again for what waits for people.</summary>
    public const int PendingRetryAfter = 5;

    /// <summary>0: the handler wrote the response itself.</summary>
    public int Status { get; private init; }

    public string? ContentType { get; private init; }

    public ReplyBody? Body { get; private init; }

    public string? Location { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>It is not known yet what becomes of the call: a repeat with the same key is answered anew, with the outcome once there is one.</summary>
    public bool IsUnsettled { get; init; }

    /// <summary>What to keep for a repeat of the call in place of <see cref="Body"/>, where that has a secret.</summary>
    public ReadOnlyMemory<byte>? Keep { get; init; }

    /// <summary>Streams write for themselves and can't be replayed.</summary>
    public static Reply Streamed => default;

    public static Reply NoContent => new() { Status = 204 };

    /// <summary>Taken, with nothing to say.</summary>
    public static Reply Accepted => new() { Status = 202 };

    public static Reply Of<T>(int status, T content, Action<Utf8JsonWriter, T> write)
    {
        var body = ReplyBody.Rent();
        write(body.Json, content);
        body.Json.Flush();
        return new Reply { Status = status, ContentType = Json, Body = body };
    }

    public static Reply Ok<T>(T content, Action<Utf8JsonWriter, T> write) => Of(200, content, write);

    /// <summary>The first answer once more.</summary>
    public static Reply Kept(StoredResponse stored)
    {
        var body = stored.Body.IsEmpty ? null : ReplyBody.Rent();
        body?.Raw(stored.Body.Span);
        return new Reply
        {
            Status = stored.Status,
            ContentType = stored.ContentType,
            Location = stored.Location,
            RetryAfter = stored.Status == 202 ? PendingRetryAfter : null,
            Body = body,
        };
    }

    public static Reply Of(Problem problem, string traceId)
    {
        Meters.Refused(problem.Kind.Code);
        var body = ReplyBody.Rent();
        problem.Write(body.Json, traceId);
        body.Json.Flush();
        return new Reply { Status = problem.Kind.Status, ContentType = ProblemJson, Body = body, RetryAfter = problem.RetryAfter };
    }
}
