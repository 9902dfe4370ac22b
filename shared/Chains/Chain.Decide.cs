using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Answers a command.</summary>
    /// <param name="state">Null where the request does not exist.</param>
    /// <param name="now">UTC.</param>
    public static Decided Decide(RequestState? state, Command command, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>Applies one event.</summary>
    /// <param name="state">Null before <see cref="ChainEvent.Requested"/>.</param>
    public static RequestState Evolve(RequestState? state, ChainEvent happened) =>
        throw new System.Diagnostics.UnreachableException();
}
