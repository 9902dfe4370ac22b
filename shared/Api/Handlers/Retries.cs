using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>
/// A request whose id came from an Idempotency-Key can be there although no response was kept: the service stopped in between. A
/// repeat finds it; another body with that key does too, and must not be taken for a repeat.
/// </summary>
internal static class Retries
{
    public static readonly Problem Reused =
        Problem.Of(RefusalCode.IdempotencyKeyReused, "The key came with another body before.");

    public static bool Differ(Call call, StoredRequest request, string requestId, Value payload) =>
        call.IdempotencyKey is not null && request.State.Id == requestId && request.Snapshot.Number == 1
            && request.Snapshot.PayloadHash != PayloadHash.Of(payload);
}
