using System.Collections.Immutable;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>Who may see a request because they take part in it.</summary>
public static class Involvement
{
    /// <summary>People involved in <paramref name="after"/> that were not in <paramref name="before"/>.</summary>
    public static ImmutableArray<string> Added(RequestState? before, RequestState after) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>Those whose answer the request waits for now: places still waiting at the open level, and whom they are routed to.</summary>
    public static ImmutableArray<string> WaitingFor(RequestState state) =>
        throw new System.Diagnostics.UnreachableException();
}
