using Approvals.Actors;
using Approvals.Audit;

namespace Approvals.Shared.Tests.Audit;

/// <summary>Trails for tests.</summary>
internal static class Trail
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public static AuditDraft Draft(string action, string? requestId = "r1") => new()
    {
        Tenant = "contoso",
        At = Start,
        Actor = new Actor { Id = "bo", Name = "Bo", Type = ActorType.Human },
        Action = action,
        RequestId = requestId,
        Outcome = AuditOutcome.Ok,
    };
}
