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

    /// <summary>
    /// Whether a request of the tenant is one that is asked for. Who is involved is the store's to know; a draft is its author's own, whoever is
    /// named in it.
    /// </summary>
    public bool Matches(RequestSummary request) =>
        (VisibleTo is null || request.Status != RequestStatus.Draft || (request.Requester.ActingFor ?? request.Requester.Id) == VisibleTo)
        && (Status is null || Status == request.Status)
        && (Requester is null || Requester == request.Requester.Id)
        && (RequestType is null || RequestType == request.RequestType)
        && (Subject is null || Subject == request.Subject.ToString());
}
