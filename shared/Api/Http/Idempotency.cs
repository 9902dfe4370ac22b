using System.Collections.Concurrent;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Ports;

namespace Approvals.Api.Http;

/// <summary>
/// Replays the first response to a key. Two calls with one key at the same time run one after the other; across a crash
/// the ids that are derived from the key (<see cref="Call.NewId"/>) keep things from happening twice.
/// </summary>
public sealed class Idempotency(IIdempotencyStore store, IRequestStore requests)
{
    private const string Replayed = "Idempotent-Replayed";

    private static readonly Problem Reused =
        Problem.Of(RefusalCode.IdempotencyKeyReused, "The key came with another method, path or body before.");

    private readonly ConcurrentDictionary<(string Tenant, string Caller, string Key), TaskCompletionSource> _running = new();

    public async ValueTask<Reply> RunAsync(Call call, string key, string bodyHash, Handler handler)
    {
        var name = (call.Tenant, call.Caller.Key, key);
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd(name, mine) is var first && first != mine)
        {
            await first.Task.WaitAsync(call.Cancellation);
        }
        try
        {
            if (await store.FindAsync(call.Tenant, call.Caller.Key, key, call.Now, call.Cancellation) is { } stored)
            {
                return stored.BodyHash == bodyHash ? await ReplayAsync(call, stored, handler) : call.Refuse(Reused);
            }
            var reply = await handler(call);
            if (IsFinal(reply.Status))
            {
                var body = reply.Keep ?? reply.Body?.Written ?? default;
                var kept = reply.IsUnsettled ? KeptAnswer.NotKept : reply.ContentType == Reply.Json ? KeptAnswer.Cut(body) : body.ToArray();
                var response = new StoredResponse(bodyHash, reply.Status, reply.Location, reply.ContentType ?? "", kept, call.Now);
                await store.SaveAsync(call.Tenant, call.Caller.Key, key, response, CancellationToken.None);
            }
            return reply;
        }
        finally
        {
            _running.TryRemove(name, out _);
            mine.SetResult();
        }
    }

    // A fault of ours and a full bucket say nothing of the call itself: the next try may do what it asks.
    private static bool IsFinal(int status) => status is >= 200 and < 500 and not 429;

    private async ValueTask<Reply> ReplayAsync(Call call, StoredResponse stored, Handler handler)
    {
        call.Http.Response.Headers[Replayed] = "true";
        return await KeptAnswer.RestoreAsync(requests, call.Tenant, stored.Body, call.Cancellation) is { } body
            ? Reply.Kept(stored with { Body = body })
            : await handler(call);
    }
}
