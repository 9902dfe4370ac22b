using Approvals.Chains;

namespace Approvals.Requests;

/// <summary>Filters of a list of requests; all that are set must hold. Newest first.</summary>
public sealed record RequestQuery
{
    public required string Tenant { get; init; }

    /// <summary>Only requests in which this person is involved; null: every request of the tenant.</summary>
    public string? VisibleTo { get; init; }
    public RequestStatus? Status { get; init; }
    public string? Requester { get; init; }
    public string? RequestType { get; init; }

    /// <summary><c>type:id</c>.</summary>
    public string? Subject { get; init; }
}
