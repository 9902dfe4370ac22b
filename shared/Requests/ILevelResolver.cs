using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>Looks up what a level means right now. In one process a pure function over the tenant's snapshot; in an orchestration an activity.</summary>
public interface ILevelResolver
{
    /// <param name="state">The request as it stands within the running transition.</param>
    /// <param name="level">1-based.</param>
    ValueTask<LevelResolution> ResolveAsync(RequestState state, int level, DateTimeOffset now);
}
