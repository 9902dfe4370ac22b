using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Outbox;

namespace Approvals.Api.Handlers;

/// <summary>Deliveries that were given up, for operators.</summary>
internal static class OutboxHandlers
{
    public static async ValueTask<Reply> DeadLettersAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if ((call.Caller.MayOperate ? query.Problem : Problem.NotAuthorized) is { } problem)
        {
            return call.Refuse(problem);
        }
        var found = await call.Services.Outbox.DeadLettersAsync(call.Tenant, page, call.Cancellation);
        return Reply.Ok(found, static (json, found) => json.Page(found, Write));
    }

    public static async ValueTask<Reply> RedeliverAsync(Call call)
    {
        if (!call.Caller.MayOperate)
        {
            return call.Refuse(Problem.NotAuthorized);
        }
        return await call.Services.Redelivery.BringBackAsync(call.Tenant, call.Path("id"), call.Caller.Actor, call.Origin, call.Cancellation) is { } again
            ? Reply.Of(202, again, Write)
            : call.Refuse(Problem.NotFound);
    }

    private static void Write(Utf8JsonWriter json, Delivery delivery)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, delivery.Id);
        json.WriteString("consumer"u8, delivery.Consumer);
        json.WriteString("requestId"u8, delivery.RequestId);
        json.WriteString("eventId"u8, delivery.EventId);
        json.WriteString("eventType"u8, delivery.EventType);
        json.WriteString("status"u8, Words.Of(delivery.Status));
        json.WriteNumber("attempts"u8, delivery.Attempts);
        json.Instant("firstAt"u8, delivery.FirstAt);
        if (delivery.Status == DeliveryStatus.Waiting)
        {
            json.Instant("nextAt"u8, delivery.NextAt);
        }
        json.OptionalString("lastError"u8, delivery.LastError);
        json.WriteEndObject();
    }
}
