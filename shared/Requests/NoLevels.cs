using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>Resolves nothing: for commands to requests that do not exist, which are refused before a level comes up.</summary>
public sealed class NoLevels : ILevelResolver
{
    public static readonly NoLevels Instance = new();

    public ValueTask<LevelResolution> ResolveAsync(RequestState state, int level, DateTimeOffset now) =>
        throw new InvalidOperationException("A request that does not exist has no levels.");
}
