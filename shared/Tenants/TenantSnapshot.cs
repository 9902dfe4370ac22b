using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;

namespace Approvals.Tenants;

/// <summary>All that decisions of one tenant look up, at one moment.</summary>
public sealed record TenantSnapshot(TenantSettings Settings, DirectorySnapshot Directory, PolicySet Policies, DelegationSet Delegations);
