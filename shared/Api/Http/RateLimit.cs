using System.Collections.Concurrent;
using Approvals.Api.Problems;
using Approvals.Chains;
using Approvals.Tenants;

namespace Approvals.Api.Http;

/// <summary>A token bucket per caller, kept as the time at which it would be full (the generic cell rate algorithm): one number each.</summary>
public sealed class RateLimit(int perSecond, TimeProvider time)
{
    public const int DefaultPerSecond = 1_000;

    /// <summary>Callers remembered; beyond it those whose bucket is full again are forgotten.</summary>
    private const int MostCallers = 50_000;

    private readonly ConcurrentDictionary<(string Tenant, string Person), Bucket> _buckets = new();
    private readonly long _cost = Math.Max(1, time.TimestampFrequency / Math.Max(1, perSecond));

    /// <summary>Takes one token; null where there was one, else the seconds until there is.</summary>
    public int? RetryAfter(Caller caller)
    {
        var now = time.GetTimestamp();
        if (!_buckets.TryGetValue((caller.TenantId, caller.Key), out var bucket))
        {
            if (_buckets.Count >= MostCallers)
            {
                Forget(now);
            }
            bucket = _buckets.GetOrAdd((caller.TenantId, caller.Key), _ => new Bucket());
        }
        var wait = bucket.Take(now, _cost, time.TimestampFrequency);
        return wait <= 0 ? null : (int)Math.Max(1, (wait + time.TimestampFrequency - 1) / time.TimestampFrequency);
    }

    public static Problem Exceeded(int seconds) =>
        Problem.Of(RefusalCode.RateLimited, "Slow down.") with { RetryAfter = seconds };

    private void Forget(long now)
    {
        foreach (var (caller, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
            {
                _buckets.TryRemove(caller, out _);
            }
        }
    }

    private sealed class Bucket
    {
        private long _fullAt;

        public bool IsFull(long now) => Volatile.Read(ref _fullAt) <= now;

        /// <summary>0, or how long until the next token. A full bucket holds the tokens of one second.</summary>
        public long Take(long now, long cost, long second)
        {
            while (true)
            {
                var fullAt = Volatile.Read(ref _fullAt);
                var next = Math.Max(fullAt, now) + cost;
                if (next - now > second)
                {
                    return next - now - second;
                }
                if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt)
                {
                    return 0;
                }
            }
        }
    }
}
