namespace Approvals.Chains;

/// <summary>
/// With distinct approvers a human has a place in one group of a level: so that every group gets the people it needs, where there are enough at all, and
/// otherwise in the first that names them.
/// </summary>
internal static class DistinctGroups
{
    /// <param name="people">Of each group.</param>
    /// <param name="least">With fewer people a group can't pass.</param>
    public static List<Candidate>[] Of(List<Candidate>[] people, int[] least)
    {
        var groupOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var group = 0; group < people.Length; group++)
        {
            for (var needed = 0; needed < least[group] && Find(group, new HashSet<string>(StringComparer.Ordinal)); needed++)
            {
            }
        }
        for (var group = 0; group < people.Length; group++)
        {
            foreach (var person in people[group])
            {
                groupOf.TryAdd(person.Person, group);
            }
        }
        return [.. people.Select((all, group) => all.Where(person => groupOf[person.Person] == group).ToList())];

        // One person more for a group: somebody who is free, else somebody in whose present group another can take over.
        bool Find(int group, HashSet<string> tried)
        {
            var found = people[group].Find(person => !groupOf.ContainsKey(person.Person))
                ?? people[group].Find(person => groupOf[person.Person] != group && tried.Add(person.Person) && Find(groupOf[person.Person], tried));
            if (found is not null)
            {
                groupOf[found.Person] = group;
            }
            return found is not null;
        }
    }
}
