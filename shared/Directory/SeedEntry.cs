using Approvals.Actors;
using Approvals.Audit;

namespace Approvals.Directory;

/// <summary>What the trail has where a directory file, read at the start, changed somebody; both hosts write exactly this.</summary>
public static class SeedEntry
{
    internal const string FromFile = "From the directory file, at the start.";

    /// <param name="before">Null: there was nobody.</param>
    public static AuditDraft Of(string tenant, Person? before, Person after, DateTimeOffset now) =>
        PersonRecord.Entry(tenant, before, after, Actor.System, Origin.Internal, now) with { Reason = FromFile };
}
