using Approvals.Ports;

namespace Approvals.Web.SignIn;

/// <summary>
/// The sessions that people have signed out of, for every worker. They are kept with the first responses, which are forgotten after a day by
/// themselves: no session is older than that.
/// </summary>
internal sealed class EndedSessions(IIdempotencyStore store)
{
    /// <summary>No tenant and no caller have these names.</summary>
    private const string Nobody = "";

    public async ValueTask EndAsync(string session, DateTimeOffset now, CancellationToken cancellation) =>
        await store.SaveAsync(Nobody, Nobody, session, new StoredResponse("", 0, null, "", default, now), cancellation);

    public async ValueTask<bool> HasEndedAsync(string session, DateTimeOffset now, CancellationToken cancellation) =>
        await store.FindAsync(Nobody, Nobody, session, now, cancellation) is not null;
}
