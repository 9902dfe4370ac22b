using Approvals.Audit;

namespace Approvals.Requests;

/// <summary>A request to be started.</summary>
public sealed record StartRequest
{
    /// <summary>Carries <see cref="Chains.Command.Create"/> and its snapshot. A request that has this id already is returned as it is.</summary>
    public required CommandEnvelope Create { get; init; }

    /// <summary>False: it stays a draft.</summary>
    public bool Submit { get; init; } = true;

    /// <summary>Start another although the last one with this business key was rejected.</summary>
    public bool Reopen { get; init; }

    /// <summary>The gate call itself, audited on the request's chain whether it started one or found one.</summary>
    public AuditDraft? Attempt { get; init; }
}
