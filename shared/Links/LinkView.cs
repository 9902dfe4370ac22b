using Approvals.Directory;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Links;

/// <summary>What the confirmation page shows of a link that holds.</summary>
public sealed record LinkView
{
    public required ApproveLink Link { get; init; }

    public required StoredRequest Request { get; init; }

    /// <summary>As whom the answer will be given.</summary>
    public required Person Approver { get; init; }

    public required TenantSnapshot Tenant { get; init; }

    public required ApprovalType Type { get; init; }

    /// <summary>Sensitive values masked: whoever holds the link has not signed in.</summary>
    public required Value Payload { get; init; }

    public required LinkAccess Access { get; init; }
}
