namespace Approvals.Functions.Commands;

/// <summary>What the orchestrations' activities do.</summary>
public interface IRequestWorker
{
    /// <summary>
    /// Resolves approvers, decides and commits: a staged command and those behind it, in order, or what is due by now. Then carries over what was
    /// committed. Repeatable.
    /// </summary>
    /// <param name="commandId">Null: whatever is due.</param>
    /// <param name="behind">Further staged commands; one that fails is left, with all after it.</param>
    Task<WorkDone> RunAsync(string tenant, string requestId, string? commandId, IReadOnlyList<string> behind, CancellationToken cancellation);

    /// <summary>Carries over what earlier commits left. Repeatable.</summary>
    Task DispatchAsync(string tenant, string requestId, CancellationToken cancellation);
}

/// <param name="Live">The request still waits for people or for time.</param>
/// <param name="WakeAt">When to look again without being asked; null: never.</param>
/// <param name="Dispatched">False: the commit stands, but what should follow it is still to be done.</param>
/// <param name="Behind">How many of the commands behind the first were carried out.</param>
public sealed record WorkDone(bool Live, DateTimeOffset? WakeAt, bool Dispatched, int Behind = 0);
