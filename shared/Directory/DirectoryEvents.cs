using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>The event of which administrators are told: somebody left, or was given authority.</summary>
public static class DirectoryEvents
{
    /// <summary>Changes after which somebody may do nothing more.</summary>
    public static bool IsDeparture(string? change) => change is "removed" or "deactivated";

    /// <param name="change">As <see cref="PersonRecord.Word"/> has it.</param>
    /// <param name="by">Who changed it: a person, or the system.</param>
    public static OutboxEvent Changed(string tenant, Person person, string change, string by, DateTimeOffset now) => new()
    {
        Id = EventId.Of(EventType.DirectoryChanged, tenant, person.Id, change, Rfc3339.Format(now)),
        Tenant = tenant,
        RequestId = person.Id,
        Type = EventType.DirectoryChanged,
        Time = now,
        Body = JsonText.Canonical(Value.Map(
            ("change", Value.From(change)),
            ("changedBy", Value.From(by)),
            ("name", Value.From(person.Name)),
            ("personId", Value.From(person.Id)),
            ("timestamp", Value.From(now)))),
    };
}
