using System.Collections.Immutable;

namespace Approvals.Audit;

/// <summary>Gives drafts their place in a hash chain.</summary>
public static class AuditChain
{
    /// <summary>Name of the chain of a tenant's entries that belong to no request.</summary>
    public const string TenantChain = "tenant";

    /// <param name="chain">The request's id, or <see cref="TenantChain"/>.</param>
    public static ImmutableArray<AuditEntry> Append(string chain, ChainHead head, ImmutableArray<AuditDraft> drafts) =>
        throw new System.Diagnostics.UnreachableException();
}
