using System.Collections.Concurrent;

namespace Approvals.Requests;

/// <summary>Wakes those of this process who wait for a request to change.</summary>
/// <typeparam name="TKey">By what the host names a request.</typeparam>
public sealed class Watches<TKey>
    where TKey : notnull
{
    /// <summary>Beyond this many, callers are not kept waiting but answered at once.</summary>
    private const int MostWaiting = 20_000;

    private readonly ConcurrentDictionary<TKey, Watch> watches = new();
    private int waiting;

    /// <summary>Begins to listen; null where too many do. Dispose it.</summary>
    public Watch? Listen(TKey key)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        while (true)
        {
            var watch = watches.GetOrAdd(key, static (name, owner) => new Watch(owner, name), this);
            if (watch.Join())
            {
                return watch;
            }
        }
    }

    /// <summary>For whoever wrote, after a commit.</summary>
    public void Announce(TKey key)
    {
        if (!watches.IsEmpty && watches.TryGetValue(key, out var watch))
        {
            watch.Announce();
        }
    }

    /// <summary>All who wait for one request.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly Watches<TKey> owner;
        private readonly TKey key;
        private readonly Lock gate = new();
        private TaskCompletionSource next = New();
        private int listeners;
        private bool closed;

        internal Watch(Watches<TKey> owner, TKey key) => (this.owner, this.key) = (owner, key);

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
