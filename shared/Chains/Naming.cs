using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>Whom the references of a level's groups name at this moment.</summary>
internal static class Naming
{
    /// <summary>Whether a group of the open level asks for a role or a group of people, whose authority nobody outside has.</summary>
    /// <param name="group">Index, from 0.</param>
    public static bool IsOfMany(RequestState state, int group) => References(state, group).Any(reference =>
        reference.StartsWith("role:", StringComparison.Ordinal) || reference.StartsWith("group:", StringComparison.Ordinal));

    private static IEnumerable<string> References(RequestState state, int group)
    {
        var level = state.Levels[state.CurrentLevel - 1];
        return level.Escalations == 0 ? level.Definition.Groups[group].Approvers
            : !level.Definition.EscalateTo.IsEmpty || state.CurrentLevel == state.Levels.Length ? level.Definition.EscalateTo
            : state.Levels[state.CurrentLevel].Definition.Groups.SelectMany(each => each.Approvers);
    }

    /// <summary>Whether a group names a person; one that was filled by those who stand in for nobody, whether these do.</summary>
    /// <param name="found">Null: it names nobody.</param>
    public static bool Has(LevelState level, int group, string person, LevelResolution? found)
    {
        if (found is null)
        {
            return false;
        }
        var named = level.Escalations > 0 || group >= found.Groups.Length ? found.EscalationTargets : found.Groups[group];
        bool Is(Candidate candidate) => candidate.Person == person;
        return named.Any(Is)
            || (!level.Groups[group].Approvers.Any(place => named.Any(candidate => candidate.Person == place.Person))
                && (found.EscalationTargets.Any(Is) || found.Fallback.Any(Is)));
    }
}
