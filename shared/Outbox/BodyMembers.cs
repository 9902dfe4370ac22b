using System.Collections.Immutable;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Members that bodies share. A body's members stand in the order of their names; what is not known is left out.</summary>
internal static class BodyMembers
{
    public static void Known(this ref CanonicalWriter to, string name, string? value)
    {
        if (value is not null)
        {
            to.Member(name, value);
        }
    }

    public static void People(this ref CanonicalWriter to, string name, ImmutableArray<string> people)
    {
        to.BeginList(name);
        foreach (var person in people)
        {
            to.Item(person);
        }
        to.EndList();
    }

    /// <summary>How the request was started.</summary>
    public static void Origin(this ref CanonicalWriter to, EventContext about) =>
        to.Member("origin", EnumWords<RequestOrigin>.Of(about.After.Origin).Value);

    /// <summary>requestId, requestType and requesterId: neighbours in every body's order.</summary>
    public static void Request(this ref CanonicalWriter to, EventContext about)
    {
        to.Member("requestId", about.After.Id);
        to.Member("requestType", about.After.RequestType);
        to.Member("requesterId", about.After.Requester.Id);
    }
}
