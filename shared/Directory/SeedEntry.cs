using Approvals.Actors;
using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>What the trail has where a directory file, read at the start, changed somebody; both hosts write exactly this.</summary>
public static class SeedEntry
{
    internal const string FromFile = "From the directory file, at the start.";

    public static AuditDraft Of(string tenant, Person person, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        At = now,
        Actor = Actor.System,
        Action = AuditAction.DirectoryChanged,
        Subject = new Subject("person", person.Id),
        Outcome = AuditOutcome.Ok,
        Reason = FromFile,
        Details = [new("change", Value.From("changed"))],
    };
}
