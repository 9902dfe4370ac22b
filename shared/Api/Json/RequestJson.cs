using System.Collections.Immutable;
using System.Text.Json;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Api.Json;

/// <summary>Requests as the API answers with them.</summary>
public static class RequestJson
{
    public static void Write(Utf8JsonWriter json, StoredRequest request)
    {
        var (state, snapshot) = (request.State, request.Snapshot);
        json.WriteStartObject();
        json.WriteString("id"u8, state.Id);
        json.WriteString("tenant"u8, state.Tenant);
        json.WriteString("origin"u8, Words.Of(state.Origin));
        json.WriteString("requestType"u8, state.RequestType);
        json.WriteString("actionType"u8, state.ActionType);
        json.WriteString("title"u8, snapshot.Title);
        if (snapshot.Description is { } description)
        {
            json.WriteString("description"u8, description);
        }
        json.WriteString("status"u8, Words.Of(state.Status));
        json.Actor("requester"u8, snapshot.Requester);
        json.Subject("subject"u8, state.Subject);
        json.Value("payload"u8, snapshot.Payload);
        json.WriteString("payloadHash"u8, state.PayloadHash);
        json.Policy("policy"u8, state.Policy);
        json.WriteNumber("currentLevel"u8, state.CurrentLevel);
        json.WriteStartArray("levels"u8);
        foreach (var level in state.Levels)
        {
            LevelJson.Write(json, level);
        }
        json.WriteEndArray();
        json.Instant("createdAt"u8, state.CreatedAt);
        json.OptionalInstant("submittedAt"u8, state.SubmittedAt);
        json.OptionalInstant("decidedAt"u8, state.DecidedAt);
        WriteGrant(json, state.Grant);
        json.WriteNumber("version"u8, state.Version);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RequestSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, summary.Id);
        json.WriteString("origin"u8, Words.Of(summary.Origin));
        json.WriteString("requestType"u8, summary.RequestType);
        json.WriteString("actionType"u8, summary.ActionType);
        json.WriteString("title"u8, summary.Title);
        json.WriteString("status"u8, Words.Of(summary.Status));
        json.WriteStartObject("requester"u8);
        json.WriteString("id"u8, summary.Requester.Id);
        json.WriteString("type"u8, Words.Of(summary.Requester.Type));
        json.WriteEndObject();
        json.Subject("subject"u8, summary.Subject);
        json.OptionalString("payloadHash"u8, summary.PayloadHash);
        json.WriteNumber("currentLevel"u8, summary.CurrentLevel);
        json.OptionalString("levelName"u8, summary.LevelName);
        json.OptionalInstant("dueAt"u8, summary.DueAt);
        json.Instant("createdAt"u8, summary.CreatedAt);
        json.OptionalInstant("decidedAt"u8, summary.DecidedAt);
        json.WriteNumber("version"u8, summary.Version);
        json.WriteEndObject();
    }

    /// <summary>The answer alone: who decided last, and when.</summary>
    public static void WriteDecision(Utf8JsonWriter json, StoredRequest request)
    {
        var state = request.State;
        var decision = state.Status is RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Withdrawn or RequestStatus.Expired
            ? Words.Of(state.Status) : "pending";
        json.WriteStartObject();
        json.WriteString("requestId"u8, state.Id);
        json.WriteString("requestType"u8, state.RequestType);
        json.WriteString("decision"u8, decision);
        json.WriteString("approver"u8, state.Status is RequestStatus.Approved or RequestStatus.Rejected
            ? LastDecision.Of(state)?.DecidedBy ?? Actor.System.Id : null);
        if (state.DecidedAt is { } decidedAt && decision != "pending")
        {
            json.Instant("timestamp"u8, decidedAt);
        }
        else
        {
            json.WriteNull("timestamp"u8);
        }
        json.WriteEndObject();
    }

    private static void WriteGrant(Utf8JsonWriter json, GrantState? grant)
    {
        if (grant is null)
        {
            return;
        }
        json.WriteStartObject("grant"u8);
        json.Instant("expiresAt"u8, grant.ExpiresAt);
        json.WriteEndObject();
        if (grant.Execution is { } execution)
        {
            json.WriteStartObject("execution"u8);
            json.WriteString("id"u8, execution.Id);
            json.WriteString("outcome"u8, Words.Of(execution.Outcome));
            json.Instant("claimedAt"u8, execution.ClaimedAt);
            json.OptionalInstant("reportedAt"u8, execution.ReportedAt);
            json.WriteEndObject();
        }
    }
}
