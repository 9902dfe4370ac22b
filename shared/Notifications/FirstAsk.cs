using System.Collections.Concurrent;
using Approvals.Ports;

namespace Approvals.Notifications;

/// <summary>Tells those who are asked to decide for the first time what this is. The feed knows whom it asked before.</summary>
internal sealed class FirstAsk(INotificationStore feed)
{
    /// <summary>Newest items that are looked through; who got more that asked nothing is told again, which harms nobody.</summary>
    private const int Looked = 50;

    /// <summary>When somebody was first seen to have been asked: of later messages there is nothing to look up.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Person), DateTimeOffset> _asked = new();

    /// <summary>The message, introduced where it is the person's first that asks. A repeat answers the same.</summary>
    public async ValueTask<Message> IntroduceAsync(Message message, CancellationToken cancellation)
    {
        var person = (message.Tenant, message.Person);
        if (message.AskedAt is null || (_asked.TryGetValue(person, out var known) && known < message.At))
        {
            return message;
        }

        var newest = await feed.ListAsync(message.Tenant, message.Person, new PageRequest(Looked), cancellation);
        // Only what asks for a decision is due at a time.
        if (newest.Items.Where(item => item.DueAt is not null && item.At < message.At).MinBy(item => item.At) is { } earlier)
        {
            _asked[person] = earlier.At;
            return message;
        }

        return message with { Introduction = Wording.Introduction };
    }
}
