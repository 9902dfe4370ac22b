using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Policies.Packs;

namespace Approvals.Web.Policies;

/// <summary>All policies of the tenant by key, and packs that it does not have yet.</summary>
public sealed record PolicyListView(ImmutableArray<PolicyLine> Lines, ImmutableArray<PackedPolicy> Packs);

/// <param name="Newest">The newest version, whatever its status.</param>
/// <param name="Active">Null: none is.</param>
public sealed record PolicyLine(PolicyVersion Newest, PolicyVersion? Active);

/// <summary>The versions of one key.</summary>
/// <param name="Shown">The one in detail.</param>
/// <param name="Cases">What its test cases came to.</param>
/// <param name="Warnings">For those who edit policies.</param>
public sealed record PolicyVersionView(
    ImmutableArray<PolicyVersion> Versions,
    PolicyVersion Shown,
    ImmutableArray<Approvals.Policies.Simulation.PolicyCaseResult> Cases,
    ImmutableArray<Approvals.Policies.Warnings.PolicyWarning> Warnings);

/// <summary>Two versions side by side.</summary>
public sealed record PolicyDiffView(string Key, PolicyVersion From, PolicyVersion To, ImmutableArray<PolicyVersion> Versions, ImmutableArray<Payloads.PayloadChange> Changes);
