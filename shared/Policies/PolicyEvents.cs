using System.Globalization;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>The event that tells others of a policy now in force.</summary>
public static class PolicyEvents
{
    public static OutboxEvent Published(string tenant, PolicyVersion version, string by, string? requestId, DateTimeOffset now) => new()
    {
        Id = EventId.Of(EventType.PolicyPublished, tenant, version.Policy.Key, version.Version.ToString(CultureInfo.InvariantCulture)),
        Tenant = tenant,
        RequestId = version.Policy.Key,
        Type = EventType.PolicyPublished,
        Time = now,
        Body = JsonText.Canonical(Value.Map(
            ("policyKey", Value.From(version.Policy.Key)),
            ("policyVersion", Value.From((long)version.Version)),
            ("name", Value.From(version.Policy.Name)),
            ("publishedBy", Value.From(by)),
            ("requestId", Value.From(requestId)),
            ("timestamp", Value.From(now)))),
    };
}
