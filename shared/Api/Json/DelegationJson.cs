using System.Text.Json;
using Approvals.Delegations;

namespace Approvals.Api.Json;

internal static class DelegationJson
{
    public static void Write(Utf8JsonWriter json, Delegation delegation, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, delegation.Id);
        json.WriteString("delegator"u8, delegation.Delegator);
        json.WriteString("delegate"u8, delegation.Delegate);
        json.Strings("actionTypes"u8, delegation.ActionTypes);
        json.Instant("from"u8, delegation.From);
        json.Instant("until"u8, delegation.Until);
        json.OptionalString("reason"u8, delegation.Reason);
        json.WriteString("status"u8, Status(delegation, now));
        json.OptionalString("pendingRequest"u8, delegation.PendingRequest);
        json.Instant("createdAt"u8, delegation.CreatedAt);
        json.WriteString("createdBy"u8, delegation.CreatedBy);
        json.OptionalInstant("endedAt"u8, delegation.EndedAt);
        json.WriteEndObject();
    }

    private static string Status(Delegation delegation, DateTimeOffset now) =>
        delegation.EndedAt is not null || delegation.Until <= now ? "ended"
        : delegation.PendingRequest is not null ? "pending"
        : delegation.From <= now ? "active"
        : "upcoming";
}
