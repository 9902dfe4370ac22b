using System.Collections.Concurrent;

namespace Approvals.Notifications;

/// <summary>
/// Tells when one person gets many mails at once: beyond <see cref="MaxSingle"/> within a minute they are put together. What it has seen is lost with the
/// process, so that after a restart as many may go out singly again.
/// </summary>
internal sealed class MailBurst
{
    /// <summary>Mails that one person gets singly within <see cref="Window"/>.</summary>
    public const int MaxSingle = 3;

    /// <summary>How much goes into one mail.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MaxPeople = 10_000;

    private readonly ConcurrentDictionary<(string Tenant, string Person), Queue<DateTimeOffset>> _lately = new();

    /// <summary>Whether a message belongs to a burst that was begun.</summary>
    public static bool Covers(DateTimeOffset begin, DateTimeOffset at) => at >= begin && at < begin + Window;

    /// <summary>Takes note of a message. True: it is one too many to go out singly.</summary>
    public bool IsTooMany(Message message)
    {
        if (_lately.Count > MaxPeople)
        {
            _lately.Clear();
        }

        var lately = _lately.GetOrAdd((message.Tenant, message.Person), _ => new Queue<DateTimeOffset>());
        lock (lately)
        {
            var isTooMany = lately.Count == MaxSingle && message.At - lately.Peek() < Window;
            if (lately.Count == MaxSingle)
            {
                lately.Dequeue();
            }

            lately.Enqueue(message.At);
            return isTooMany;
        }
    }
}
