using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>When a host looks again at what was due and left the request as it was, and so would be due for ever; both hosts wait exactly so.</summary>
public static class DueRetry
{
    /// <summary>The wait after a first failure; each further one waits twice as long, up to <see cref="Longest"/>.</summary>
    public static readonly TimeSpan First = TimeSpan.FromHours(1);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Clocks of two machines differ: what is due by one may not yet be by the other.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After a failure. No count is kept: waits of 1, 2, 4, … h add up to one hour less than the next, so that the time from due to this try tells how many
    /// there were.
    /// </summary>
    /// <param name="planned">When this try was to be made: a host that was down came late, and did not fail meanwhile.</param>
    public static DateTimeOffset AfterFailure(RequestState state, DateTimeOffset planned, DateTimeOffset now)
    {
        var failing = Schedule.Next(state) is { At: var due } && due < planned ? planned - due : TimeSpan.Zero;
        return now + (failing < Longest - First ? failing + First : Longest);
    }

    /// <summary>After somebody else found that it is not yet due.</summary>
    public static DateTimeOffset NotYet(DateTimeOffset now) => now + ClockSkew;
}
