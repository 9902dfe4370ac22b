using Approvals.Tenants;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>A tenant in memory.</summary>
/// <param name="Number">By which tables name it.</param>
internal sealed record TenantEntry(long Number, TenantSnapshot Snapshot);
