using Approvals.Audit;

namespace Approvals.Web.Trail;

/// <summary>An entry of the trail as pages show it.</summary>
public sealed record TrailItem(AuditFields Fields, string Hash)
{
    public static TrailItem Of(StoredEntry entry) => new(AuditFields.Read(entry), entry.Hash);
}
