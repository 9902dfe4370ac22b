using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>Where a request stood after a command.</summary>
/// <param name="Level">1-based; 0 before the first.</param>
/// <param name="Snapshot">Number of the snapshot under decision, from 1.</param>
public readonly record struct Standing(RequestStatus Status, int Level, int Snapshot)
{
    public static Standing Of(RequestState state) => new(state.Status, state.CurrentLevel, state.Snapshot);
}
