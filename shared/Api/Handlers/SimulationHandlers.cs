using Approvals.Api.Http;
using Approvals.Api.Json;

namespace Approvals.Api.Handlers;

/// <summary>Tries a policy on one call, or on the last ones that were recorded. Changes nothing.</summary>
internal static class SimulationHandlers
{
    public static async ValueTask<Reply> SimulateAsync(Call call)
    {
        var simulated = await Simulations.RunAsync(call, call.Body);
        return simulated.Refusal is { } refusal ? call.Refuse(refusal)
            : simulated.Replay is { } replay ? Reply.Ok((replay, simulated.Warnings), static (json, content) => PolicyJson.Write(json, content.replay, content.Warnings))
            : Reply.Ok((simulated.Result, simulated.Warnings), static (json, content) => PolicyJson.Write(json, content.Result!, content.Warnings));
    }
}
