using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>A gate check as somebody sends it, by whichever route.</summary>
internal static class GateChecks
{
    /// <summary>The result has a request exactly where approval is needed; where there is no result there is a refusal.</summary>
    public static async ValueTask<(GateResult? Result, Problem? Refusal)> RunAsync(Call call, Value body)
    {
        var gate = Read(call, body, out var problem);
        if (problem is not null)
        {
            return (null, problem);
        }
        var result = await call.Services.Gate.CheckAsync(call.Caller, call.Origin, gate, call.Cancellation);
        if (result.Refusal is { } refusal)
        {
            return (null, Problem.Of(refusal));
        }
        return result.Request is not { } request ? (result, null)
            : Retries.Differ(call, request, gate.RequestId, gate.Payload) ? (null, Retries.Reused)
            : (result, null);
    }

    private static GateCall Read(Call call, Value body, out Problem? problem)
    {
        var fields = new Fields(body);
        var gate = new GateCall
        {
            ActionType = fields.Id("actionType"),
            Subject = fields.Subject("subject"),
            Payload = fields.Map("payload"),
            Title = fields.OptionalId("title", Snapshot.MaxTitleLength),
            Description = fields.OptionalProse("description"),
            RequestType = fields.OptionalId("type") ?? GateCall.GenericType,
            Reopen = fields.Flag("reopen", otherwise: false),
            RequestId = call.NewId("request"),
        };
        problem = fields.Problem;
        return gate;
    }
}
