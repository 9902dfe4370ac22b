using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>
/// Who may hold a place at a level: never the requester, the author of what is published, nor for whom an agent asked, unless the group asks that person by
/// name; and with distinct approvers nobody who passed another level.
/// </summary>
internal readonly struct Eligibility(RequestState state, int level)
{
    private readonly ImmutableArray<string> _spent = state.DistinctApprovers ? Spent(state, level) : [];

    public bool IsSpent(string person) => _spent.Contains(person, StringComparer.Ordinal);

    /// <summary>The candidate as they may be asked, or null. Whoever was routed to somebody that is out is asked themself.</summary>
    /// <param name="group">Whose references found them; null: nothing of the policy did.</param>
    public Candidate? Admit(Candidate? candidate, GroupDefinition? group = null)
    {
        if (candidate is null || string.IsNullOrWhiteSpace(candidate.Person) || (IsOut(candidate.Person) && !IsConfirming(candidate.Person, group)))
        {
            return null;
        }
        var isRouted = !string.IsNullOrWhiteSpace(candidate.RoutedTo) && candidate.RoutedTo != candidate.Person && !IsOut(candidate.RoutedTo);
        return isRouted ? candidate : candidate with { RoutedTo = null };
    }

    /// <summary>Adds those who may be asked and are not there yet.</summary>
    public void AddTo(List<Candidate> people, ImmutableArray<Candidate> candidates, GroupDefinition? group = null)
    {
        foreach (var candidate in candidates.OrEmpty())
        {
            if (Admit(candidate, group) is { } admitted && !people.Exists(person => person.Person == admitted.Person))
            {
                people.Add(admitted);
            }
        }
    }

    private bool IsOut(string person) => state.IsParty(person) || IsSpent(person);

    private bool IsConfirming(string person, GroupDefinition? group) =>
        person == state.Requester.ActingFor && !IsSpent(person) && group is { AsksPrincipal: true };

    /// <summary>Both the humans who approved another level and those on whose authority they did.</summary>
    private static ImmutableArray<string> Spent(RequestState state, int level)
    {
        var people = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < state.Levels.Length; i++)
        {
            if (i == level - 1)
            {
                continue;
            }
            var places = state.Levels[i].Groups.SelectMany(group => group.Approvers);
            foreach (var place in places.Where(place => place.Status == ApproverStatus.Approved))
            {
                people.Add(place.Person);
                people.Add(place.DecidedBy ?? place.Person);
            }
        }
        return people.ToImmutable();
    }
}
