using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Tests.Chains;

/// <summary>A directory in which <c>user:ana</c> is ana, and nobody else exists unless a test says so.</summary>
internal sealed class Desk : ILevelResolver
{
    /// <summary>Delegate by person.</summary>
    public Dictionary<string, string> Delegates { get; } = [];

    public HashSet<int> Skipped { get; } = [];

    public Dictionary<int, string> AutoApproved { get; } = [];

    public string? ConditionFault { get; set; }

    public HashSet<string> Gone { get; } = [];

    /// <summary>For whom the requester acts: what <c>principal</c> means.</summary>
    public string? Principal { get; set; }

    public ImmutableArray<Candidate> Fallback { get; set; } = [];

    public ValueTask<LevelResolution> ResolveAsync(RequestState state, int level, DateTimeOffset now) => new(Resolve(state, level));

    public LevelResolution Resolve(RequestState state, int level)
    {
        if (level < 1)
        {
            return new LevelResolution { Level = level };
        }
        var definition = state.Levels[level - 1].Definition;
        var next = level < state.Levels.Length ? state.Levels[level].Definition.Groups.SelectMany(group => group.Approvers) : [];
        return new LevelResolution
        {
            Level = level,
            Skip = Skipped.Contains(level),
            AutoApproveRule = AutoApproved.GetValueOrDefault(level),
            ConditionFault = ConditionFault,
            Groups = [.. definition.Groups.Select(group => Find(group.Approvers))],
            EscalationTargets = Find(definition.EscalateTo.IsEmpty ? next : definition.EscalateTo),
            Fallback = Fallback,
        };
    }

    private ImmutableArray<Candidate> Find(IEnumerable<string> references) =>
    [
        .. references.Select(reference => reference == "principal" ? Principal : reference["user:".Length..]).OfType<string>().Where(person => !Gone.Contains(person))
            .Select(person => new Candidate(person, Delegates.GetValueOrDefault(person))),
    ];
}
