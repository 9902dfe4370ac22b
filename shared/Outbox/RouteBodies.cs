using Approvals.Chains;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Bodies of places that came to somebody else.</summary>
internal static class RouteBodies
{
    /// <param name="To">The delegate who was asked, or who answered unasked.</param>
    internal readonly record struct Route(int Level, string From, string To, DateTimeOffset At);

    /// <param name="From">Null where a place was added.</param>
    internal sealed record Assignment(int Level, string? From, Candidate To, string? Reason, string By, DateTimeOffset At);

    public static void Delegated(ref CanonicalWriter to, EventContext about, Route route)
    {
        to.Member("fromApproverId", route.From);
        to.Member("level", route.Level);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", route.At);
        to.Member("toDelegateId", route.To);
    }

    public static void Assigned(ref CanonicalWriter to, EventContext about, Assignment assignment)
    {
        to.Member("approverId", assignment.To.Person);
        to.Member("assignedBy", assignment.By);
        to.Known("fromApproverId", assignment.From);
        to.Member("level", assignment.Level);
        to.Origin(about);
        to.Known("reason", assignment.Reason);
        to.Request(about);
        to.Known("routedTo", assignment.To.RoutedTo);
        to.Member("timestamp", assignment.At);
    }
}
