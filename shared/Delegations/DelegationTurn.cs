using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Outbox;

namespace Approvals.Delegations;

/// <summary>What time does to a delegation: one made for later begins, and each ends by itself; both hosts write exactly this.</summary>
/// <param name="After">The delegation from now on.</param>
/// <param name="IsOver">Time does nothing more to it.</param>
public sealed record DelegationTurn(Delegation After, bool IsOver, ImmutableArray<AuditDraft> Entries, ImmutableArray<OutboxEvent> Events)
{
    /// <summary>When time next changes it: its beginning, unless that was told when it was made or approved, then its end.</summary>
    /// <returns>UTC.</returns>
    public static DateTimeOffset NextAt(Delegation delegation) => IsYetToBegin(delegation) ? delegation.From : delegation.Until;

    /// <summary>What is to be told by now, or null. One that is over without being told of its beginning has both told at once.</summary>
    /// <param name="delegation">Not ended by anybody.</param>
    public static DelegationTurn? Due(string tenant, Delegation delegation, DateTimeOffset now)
    {
        if (now < NextAt(delegation))
        {
            return null;
        }

        var isOver = delegation.Until <= now;
        var after = IsYetToBegin(delegation) ? delegation with { BeganAt = delegation.From } : delegation;
        // One that still waited for its approval never began.
        ImmutableArray<(string Action, string Change)> told = delegation.PendingRequest is not null ? [] :
        [
            .. after.BeganAt != delegation.BeganAt ? [(AuditAction.DelegationStarted, "started")] : Array.Empty<(string, string)>(),
            .. isOver ? [(AuditAction.DelegationEnded, "ended")] : Array.Empty<(string, string)>(),
        ];
        return new DelegationTurn(
            after,
            isOver,
            [.. told.Select(each => DelegationCompletion.Entry(tenant, after, each.Action, Actor.System, null, Origin.Internal, now))],
            [.. told.Select(each => DelegationRequest.Changed(tenant, after, each.Change, now))]);
    }

    private static bool IsYetToBegin(Delegation delegation) =>
        delegation is { BeganAt: null, PendingRequest: null } && delegation.From > delegation.CreatedAt;
}
