using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Tenants;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Requests;

/// <summary>Who may see a request: who asked, for whom an agent asked, who takes part now or later, who acts for one of them, administrators, auditors and who may override.</summary>
public static class Visibility
{
    public static bool MaySee(Caller caller, StoredRequest request, DateTimeOffset now)
    {
        var state = request.State;
        if (state.Tenant != caller.TenantId)
        {
            return false;
        }
        if (caller.SeesRequests || state.Requester == ActorRef.Of(caller.Actor) || (state.Requester.ActingFor ?? state.Requester.Id) == caller.Reader.Id)
        {
            return true;
        }
        // A draft is nobody else's business yet.
        return state.Status != RequestStatus.Draft && (TakesPart(state, caller.Reader.Id) || MaySeeLater(caller, request, now));
    }

    private static bool MaySeeLater(Caller caller, StoredRequest request, DateTimeOffset now)
    {
        var actsFor = Authority.ActsFor(caller.Tenant, caller.Reader.Id, request.State.ActionType, now);
        if (actsFor.Any(person => TakesPart(request.State, person)))
        {
            return true;
        }
        var later = Involved.LaterLevels(caller.Tenant, request.Snapshot, request.State);
        return later.Contains(caller.Reader.Id, StringComparer.Ordinal) || actsFor.Any(person => later.Contains(person, StringComparer.Ordinal));
    }

    private static bool TakesPart(RequestState state, string person)
    {
        foreach (var level in state.Levels)
        {
            foreach (var group in level.Groups)
            {
                foreach (var place in group.Approvers)
                {
                    if (place.Person == person || place.RoutedTo == person || place.DecidedBy == person)
                    {
                        return true;
                    }
                }
            }
        }
        // Whoever lost their place to an escalation or a resubmission stays informed, and can look.
        return state.Watchers.Contains(person, StringComparer.Ordinal) || state.FormerApprovers.Contains(person, StringComparer.Ordinal);
    }
}
