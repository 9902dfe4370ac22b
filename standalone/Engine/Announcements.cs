using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;

namespace Approvals.Standalone.Engine;

/// <summary>Tells the rest of the process what a commit changed. Nobody has to ask again and again.</summary>
internal sealed class Announcements
{
    public Watches<(long Tenant, string Id)> Versions { get; } = new();

    /// <summary>Rises with the outbox.</summary>
    public Milestone Outbox { get; } = new();

    /// <summary>A due time that was set, in UTC ticks; of a commit's, the earliest.</summary>
    public event Action<long>? DueSet;

    public void Committed(RequestRow[] changed, long outboxHead, long? due)
    {
        foreach (var row in changed)
        {
            Versions.Announce((row.Tenant, row.Stored.State.Id));
        }

        Outbox.Reach(outboxHead);
        if (due is { } at)
        {
            Due(at);
        }
    }

    /// <summary>Something is due then, of a request or otherwise.</summary>
    /// <param name="at">UTC ticks.</param>
    public void Due(long at) => DueSet?.Invoke(at);
}
