using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Tenants;

namespace Approvals.Delegations;

/// <summary>Whose authority a person has at one moment, by delegation or by substitution for somebody away.</summary>
public static class Authority
{
    /// <summary>A delegation of a delegation counts, up to this many steps.</summary>
    public const int MaxSteps = 5;

    /// <summary>People that <paramref name="personId"/> may act for, nearest first, never themselves.</summary>
    public static ImmutableArray<string> ActsFor(TenantSnapshot tenant, string personId, string actionType, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();

    /// <summary>The person's own authority over everything, then those they act for with the action types lent.</summary>
    public static ImmutableArray<InboxAuthority> InboxAuthorities(TenantSnapshot tenant, string personId, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();
}
