using System.Text.Json;
using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Telemetry;

namespace Approvals.Api.Handlers;

/// <summary>What the gate says, as HTTP: 200, 202, 403, 408 or 409.</summary>
internal static class GateReply
{
    public static Reply Allowed()
    {
        Meters.Gated(GateOutcome.Allowed);
        return Reply.Ok(0, static (json, _) =>
        {
            json.WriteStartObject();
            json.WriteString("outcome"u8, "allowed"u8);
            json.WriteEndObject();
        });
    }

    /// <param name="why">Why approval is needed, where the policies were just asked.</param>
    public static Reply Of(Call call, StoredRequest request, string? why)
    {
        var state = request.State;
        var answer = GateAnswer.Of(state, call.Now);
        Meters.Gated(answer.Outcome);
        return answer.Outcome switch
        {
            GateOutcome.Approved => Reply.Ok((call, request), static (json, content) => Write(json, "approved"u8, content.call, content.request)),
            GateOutcome.Pending => Reply.Of(202, (call, request, why), static (json, content) =>
                WritePending(json, content.call, content.request, content.why)) with
            {
                Location = StatusUrl(state.Id),
                RetryAfter = Reply.PendingRetryAfter,
            },
            _ => call.Refuse(Refused(request, answer)),
        };
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> outcome, Call call, StoredRequest request)
    {
        var state = request.State;
        json.WriteStartObject();
        json.WriteString("outcome"u8, outcome);
        json.WriteString("requestId"u8, state.Id);
        // The grant is of use to nobody but the requester, so nobody else is told.
        if (state.Grant is { } grant && state.Requester == ActorRef.Of(call.Caller.Actor))
        {
            json.WriteStartObject("grant"u8);
            json.WriteString("token"u8, call.Services.Grants.Issue(state, grant));
            json.Instant("expiresAt"u8, grant.ExpiresAt);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WritePending(Utf8JsonWriter json, Call call, StoredRequest request, string? why)
    {
        var id = request.State.Id;
        json.WriteStartObject();
        json.WriteString("outcome"u8, "pending"u8);
        json.WriteString("requestId"u8, id);
        json.WriteString("approvalToken"u8, id);
        json.WriteString("statusUrl"u8, StatusUrl(id));
        json.WriteString("explanation"u8, PendingText.Of(request, call.Caller.Tenant, why, call.Now));
        json.WriteEndObject();
    }

    internal static Problem Refused(StoredRequest request, GateAnswer answer)
    {
        var state = request.State;
        var reason = LastDecision.IsRejectedByTime(state) ? Texts.GateNoResponse
            : state.Status == RequestStatus.Rejected ? LastDecision.Of(state)?.Comment
            : null;
        var detail = answer.Outcome switch
        {
            GateOutcome.Rejected => reason ?? Texts.GateRejected,
            GateOutcome.Expired => Texts.GateExpired,
            GateOutcome.Withdrawn => Texts.GateWithdrawn,
            GateOutcome.Executed => GateText.Claimed(state.Grant!.Execution!.Outcome),
            _ => Texts.GateNotClaimed,
        };
        List<KeyValuePair<string, string?>> members = [new("requestId", state.Id), new("outcome", Words.Of(answer.Outcome)), new("reason", reason ?? detail)];
        return Problem.Of(answer.Code!, detail) with { Members = members };
    }

    internal static string StatusUrl(string id) => $"{ApprovalsEndpoints.Prefix}/gate/{id}";
}
