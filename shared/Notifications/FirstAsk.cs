using System.Collections.Concurrent;
using Approvals.Ports;

namespace Approvals.Notifications;

/// <summary>
/// Tells those who are asked to decide for the first time what this is: in one message for good, whichever of several that come at once is
/// read first.
/// </summary>
internal sealed class FirstAsk(INotificationStore feed)
{
    /// <summary>Newest items that are looked through for somebody of whom no first message is kept yet.</summary>
    private const int Looked = 50;

    /// <summary>Ids of first messages: they never change, so nothing is looked up twice.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Person), string> _first = new();

    /// <summary>The message, introduced where it is the person's first that asks. A repeat answers the same.</summary>
    public async ValueTask<Message> IntroduceAsync(Message message, CancellationToken cancellation)
    {
        if (message.AskedAt is null)
        {
            return message;
        }

        var person = (message.Tenant, message.Person);
        if (!_first.TryGetValue(person, out var first))
        {
            first = await feed.KeepFirstAsync(message.Tenant, message.Person, await FirstOfAsync(message, cancellation), cancellation);
            _first[person] = first;
        }

        return first == message.Id ? message with { Introduction = Wording.Introduction } : message;
    }

    /// <summary>This message, or an earlier one that asked.</summary>
    private async ValueTask<string> FirstOfAsync(Message message, CancellationToken cancellation)
    {
        var newest = await feed.ListAsync(message.Tenant, message.Person, new PageRequest(Looked), cancellation);
        // Only what asks for a decision is due at a time.
        return newest.Items.Where(item => item.DueAt is not null && item.At < message.At).MinBy(item => item.At)?.Id ?? message.Id;
    }
}
