using System.Collections.Concurrent;

namespace Approvals.Standalone.Engine;

/// <summary>Wakes those who wait for a request to change.</summary>
internal sealed class RequestVersions
{
    /// <summary>Beyond this many, callers are not kept waiting but answered at once.</summary>
    private const int MostWaiting = 20_000;

    private readonly ConcurrentDictionary<(long Tenant, string Id), Watch> watches = new();
    private int waiting;

    /// <summary>Begins to listen; null where too many do. Dispose it.</summary>
    public Watch? Listen(long tenant, string id)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        while (true)
        {
            var watch = watches.GetOrAdd((tenant, id), static (key, owner) => new Watch(owner, key), this);
            if (watch.Join())
            {
                return watch;
            }
        }
    }

    /// <summary>For the writer, after a commit.</summary>
    public void Announce(long tenant, string id)
    {
        if (!watches.IsEmpty && watches.TryGetValue((tenant, id), out var watch))
        {
            watch.Announce();
        }
    }

    /// <summary>All who wait for one request.</summary>
    internal sealed class Watch(RequestVersions owner, (long Tenant, string Id) key) : IDisposable
    {
        private readonly Lock gate = new();
        private TaskCompletionSource next = New();
        private int listeners;
        private bool closed;

        /// <summary>Completes at the next change. Take it before looking at the request, so that none falls between.</summary>
        public Task Next
        {
            get
            {
                lock (gate)
                {
                    return next.Task;
                }
            }
        }

        internal bool Join()
        {
            lock (gate)
            {
                listeners += closed ? 0 : 1;
                return !closed;
            }
        }

        internal void Announce()
        {
            TaskCompletionSource wake;
            lock (gate)
            {
                (wake, next) = (next, New());
            }

            wake.SetResult();
        }

        /// <summary>Ends one listener's interest.</summary>
        public void Dispose()
        {
            lock (gate)
            {
                closed = --listeners == 0;
                if (closed)
                {
                    owner.watches.TryRemove(new(key, this));
                }
            }

            Interlocked.Decrement(ref owner.waiting);
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
