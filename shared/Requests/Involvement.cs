using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>Who takes part in a request, and may therefore see it.</summary>
public static class Involvement
{
    /// <summary>Requester, watchers, and everybody who holds or held, was asked for or answered a place at any level, in order of appearance.</summary>
    public static ImmutableArray<string> Of(RequestState state)
    {
        var people = new List<string>();
        // What an agent asks for somebody is theirs to see; the same agent without them is another reader.
        Add(people, state.Requester.ActingFor ?? state.Requester.Id);
        foreach (var watcher in state.Watchers)
        {
            Add(people, watcher);
        }
        AddApprovers(people, state);
        return [.. people];
    }

    /// <summary>Everybody who holds or held, was asked for or answered a place at any level.</summary>
    public static ImmutableArray<string> Approvers(RequestState state)
    {
        var people = new List<string>();
        AddApprovers(people, state);
        return [.. people];
    }

    /// <summary>People involved in <paramref name="after"/> that were not in <paramref name="before"/>.</summary>
    public static ImmutableArray<string> Added(RequestState? before, RequestState after)
    {
        if (before is null)
        {
            return Of(after);
        }
        if (before.Levels == after.Levels)
        {
            return [];
        }
        var known = Of(before);
        return [.. Of(after).Where(person => !known.Contains(person, StringComparer.Ordinal))];
    }

    /// <summary>
    /// Those on whose authority an answer is awaited now: the holders of places still waiting, at the open level, in groups that have not
    /// passed yet. Inboxes are kept by them: whoever acts for one of them finds it there as long as they do, whoever was asked no longer than that.
    /// </summary>
    public static ImmutableArray<string> WaitingFor(RequestState state)
    {
        var people = new List<string>();
        foreach (var place in WaitingPlaces(state))
        {
            Add(people, place.Person);
        }
        return [.. people];
    }

    /// <summary>
    /// People whose inboxes don't show what waits for <paramref name="person"/>, although they may act for them: a human counts once in a group, and with
    /// distinct approvers at one level.
    /// </summary>
    /// <param name="person">One of <see cref="WaitingFor"/>.</param>
    public static ImmutableArray<string> Barred(RequestState state, string person) => Authority.Barred(state, person);

    /// <summary>The holders of waiting places, and whom they were routed to when they were asked and may still answer.</summary>
    public static ImmutableArray<string> Asked(RequestState state)
    {
        var people = new List<string>();
        foreach (var place in WaitingPlaces(state))
        {
            Add(people, place.Person);
            if (place.RoutedTo is { } routed && !Barred(state, place.Person).Contains(routed, StringComparer.Ordinal))
            {
                Add(people, routed);
            }
        }
        return [.. people];
    }

    internal static IEnumerable<ApproverState> WaitingPlaces(RequestState state)
    {
        foreach (var group in Chain.IsOpen(state) ? Chain.CurrentLevel(state)!.Groups : [])
        {
            if (Tally.Passed(group))
            {
                continue;
            }
            foreach (var place in group.Approvers)
            {
                if (place.Status == ApproverStatus.Waiting)
                {
                    yield return place;
                }
            }
        }
    }

    private static void AddApprovers(List<string> people, RequestState state)
    {
        foreach (var former in state.FormerApprovers)
        {
            Add(people, former);
        }
        foreach (var level in state.Levels)
        {
            foreach (var group in level.Groups)
            {
                foreach (var place in group.Approvers)
                {
                    Add(people, place.Person);
                    Add(people, place.RoutedTo);
                    Add(people, place.DecidedBy);
                }
            }
        }
    }

    private static void Add(List<string> people, string? person)
    {
        if (person is not null && !people.Contains(person))
        {
            people.Add(person);
        }
    }
}
