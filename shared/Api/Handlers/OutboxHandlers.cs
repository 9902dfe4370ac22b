using System.Text.Json;
using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Values;

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
        if (await call.Services.Outbox.FindDeliveryAsync(call.Tenant, call.Path("id"), call.Cancellation) is not { } delivery)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (delivery.Status == DeliveryStatus.Dead)
        {
            await call.Services.Engine.RecordAsync([Entry(call, delivery)], call.Cancellation);
            delivery = delivery with { Status = DeliveryStatus.Waiting, Attempts = 0, FirstAt = call.Now, NextAt = call.Now };
            await call.Services.Outbox.SaveAsync(delivery, call.Cancellation);
        }
        return Reply.Of(202, delivery, Write);
    }

    private static AuditDraft Entry(Call call, Delivery delivery) => new()
    {
        Tenant = call.Tenant,
        At = call.Now,
        Actor = call.Caller.Actor,
        Action = AuditAction.Redelivered,
        Subject = new Subject("delivery", delivery.Id),
        Outcome = AuditOutcome.Ok,
        Details = [new("eventId", Value.From(delivery.EventId)), new("consumer", Value.From(delivery.Consumer))],
        Origin = call.Origin,
    };

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
        json.Instant("nextAt"u8, delivery.NextAt);
        json.OptionalString("lastError"u8, delivery.LastError);
        json.WriteEndObject();
    }
}
