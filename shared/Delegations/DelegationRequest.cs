using Approvals.Actors;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Delegations;

/// <summary>What the approvers of a delegation are shown, and the event that tells of its beginning and end.</summary>
internal static class DelegationRequest
{
    public const string SubjectType = "delegation";

    public static Subject Subject(Delegation delegation) => new(SubjectType, delegation.Id);

    public static Value Payload(Delegation delegation, DirectorySnapshot directory) => Value.Map(
        ("id", Value.From(delegation.Id)),
        ("delegator", Value.From(delegation.Delegator)),
        ("delegatorDepartment", Value.From(directory.Find(delegation.Delegator)?.Department)),
        ("delegate", Value.From(delegation.Delegate)),
        ("delegateDepartment", Value.From(directory.Find(delegation.Delegate)?.Department)),
        ("actionTypes", Value.List([.. delegation.ActionTypes.Select(Value.From)])),
        ("from", Value.From(Rfc3339.Format(delegation.From))),
        ("until", Value.From(Rfc3339.Format(delegation.Until))),
        ("reason", Value.From(delegation.Reason)));

    /// <param name="change"><c>created</c>, <c>started</c> or <c>ended</c>.</param>
    public static OutboxEvent Changed(string tenant, Delegation delegation, string change, DateTimeOffset now) => new()
    {
        Id = EventId.Of(EventType.DelegationChanged, tenant, delegation.Id, change),
        Tenant = tenant,
        RequestId = delegation.Id,
        Type = EventType.DelegationChanged,
        Time = now,
        Body = JsonText.Canonical(Value.Map(
            ("delegationId", Value.From(delegation.Id)),
            ("change", Value.From(change)),
            ("delegator", Value.From(delegation.Delegator)),
            ("delegate", Value.From(delegation.Delegate)),
            ("actionTypes", Value.List([.. delegation.ActionTypes.Select(Value.From)])),
            ("from", Value.From(delegation.From)),
            ("until", Value.From(delegation.Until)),
            ("timestamp", Value.From(now)))),
    };
}
