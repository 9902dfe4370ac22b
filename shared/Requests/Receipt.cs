using Approvals.Chains;

namespace Approvals.Requests;

/// <summary>The recorded outcome of one command; kept with the request, refusals too.</summary>
/// <param name="Version">The request's version after the command.</param>
public sealed record Receipt(string CommandId, long Version, DateTimeOffset At, Refusal? Refusal)
{
    /// <summary>Where the request stood then, so that a repeat is answered as the first was; null where refused, and where it was not kept yet.</summary>
    public Standing? Standing { get; init; }
}
