using Approvals.Actors;
using Approvals.Api.Problems;
using Approvals.Notifications;
using Approvals.Tenants;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>One authenticated call to the API.</summary>
public sealed class Call(HttpContext http, Caller caller, ApiServices services, string traceId, DateTimeOffset now)
{
    private const int MaxIdLength = 200;
    private Origin? _origin;

    public HttpContext Http => http;

    public Caller Caller => caller;

    public ApiServices Services => services;

    public string TraceId => traceId;

    public DateTimeOffset Now => now;

    public string Tenant => caller.TenantId;

    /// <summary>The tenant's: its midnight begins and ends days.</summary>
    public TimeZoneInfo Zone => TenantTime.Zone(caller.Tenant.Settings.TimeZone);

    public CancellationToken Cancellation => http.RequestAborted;

    /// <summary>The parsed body; an empty map where the route takes none or none was sent.</summary>
    public Value Body { get; internal set; } = Value.Map();

    /// <summary>The Idempotency-Key header, where it was sent.</summary>
    public string? IdempotencyKey { get; internal set; }

    public Origin Origin => _origin ??= Origins.Of(http, traceId);

    /// <summary>A segment of the path. What can't be an id of ours is the empty string, which finds nothing.</summary>
    public string Path(string name)
    {
        var text = http.Request.RouteValues[name] as string ?? "";
        return text.Length <= MaxIdLength && !text.Any(char.IsControl) ? text : "";
    }

    public Reply Refuse(Problem problem) => Reply.Of(problem, traceId);

    /// <summary>The id that this call gives to what it makes: the same again for a repeat with the same Idempotency-Key.</summary>
    /// <param name="purpose">Keeps ids of different kinds apart.</param>
    public string NewId(string purpose) => IdempotencyKey is { } key
        ? Ids.From(purpose, Tenant, caller.Key, http.Request.Path.Value ?? "", key)
        : Ids.New(now);
}
