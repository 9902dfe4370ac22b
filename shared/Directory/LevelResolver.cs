using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Conditions;
using Approvals.Gate;
using Approvals.Policies.Compiled;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>
/// Resolves levels over one tenant snapshot, completing synchronously: references become the people they mean at that moment, agents left out,
/// routed to delegates and substitutes; a condition that fails has the level asked.
/// </summary>
/// <param name="snapshot">The request's payload and requester, as conditions and <c>field:</c> references read them.</param>
public sealed class LevelResolver(TenantSnapshot tenant, Snapshot snapshot) : ILevelResolver
{
    public TenantSnapshot Tenant { get; } = tenant;

    public Snapshot Snapshot { get; } = snapshot;

    public ValueTask<LevelResolution> ResolveAsync(RequestState state, int level, DateTimeOffset now) => new(Resolve(state, level, now));

    /// <param name="level">1-based.</param>
    public LevelResolution Resolve(RequestState state, int level, DateTimeOffset now) => Resolve(
        [.. state.Levels.Select(each => each.Definition)], level, state.ActionType,
        GateInput.Of(Snapshot.Requester, state.Subject, Snapshot.Payload, now));

    /// <summary>The same for levels of which there is no request yet.</summary>
    internal LevelResolution Resolve(ImmutableArray<LevelDefinition> levels, int level, string actionType, ConditionInput input)
    {
        var candidates = new Candidates(Tenant, Snapshot.Requester, Snapshot.Payload, actionType, input.Now);
        if (level < 1 || level > levels.Length)
        {
            return new LevelResolution { Level = level, Fallback = candidates.Of(Tenant.Settings.FallbackApprovers, least: 1) };
        }
        var definition = levels[level - 1];
        var (skip, rule, fault) = Test(definition, input);
        ImmutableArray<string> asked = Tenant.Directory.Left.IsEmpty ? [] : [.. definition.Groups.SelectMany(group => group.Approvers)];
        ImmutableArray<ImmutableArray<Candidate>> groups =
        [
            .. definition.Groups.Select(group => Without(
                IsEveryNeeded(group) ? Removers(group.Approvers, input.Now, lately: true) : [],
                candidates.Of(group.Approvers, Least(group), IsEveryNeeded(group)))),
        ];
        var targets = Targets(candidates, levels, level);
        return new LevelResolution
        {
            Level = level,
            Skip = skip,
            AutoApproveRule = rule,
            ConditionFault = fault,
            Groups = groups,
            // Where enough are there, the targets stand in for nobody: they take over what was not answered in time.
            EscalationTargets = IsShort(definition, groups) ? Without(Removers(asked, input.Now), targets) : targets,
            Fallback = Without(Removers(asked, input.Now), candidates.Of(Tenant.Settings.FallbackApprovers, least: 1)),
            Removers = Removers(asked, input.Now, lately: true),
        };
    }

    private static bool IsShort(LevelDefinition level, ImmutableArray<ImmutableArray<Candidate>> groups)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length < Least(level.Groups[i]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whoever removed those whom references mean does not decide in their place, where anybody else could.</summary>
    private ImmutableArray<string> Removers(ImmutableArray<string> asked, DateTimeOffset now, bool lately = false)
    {
        if (Tenant.Directory.Left.IsEmpty)
        {
            return [];
        }
        var references = new References(Tenant.Directory, Snapshot.Requester, Snapshot.Payload);
        return
        [
            .. Tenant.Directory.Left.Where(person => (!lately || now - person.LeftAt < DirectoryAuthority.StillCounts) && references.Mean(asked, person))
                .Select(person => person.LeftBy!).Distinct(StringComparer.Ordinal).Where(by => !DirectoryAuthority.IsOnly(Tenant, by, now)),
        ];
    }

    private static ImmutableArray<Candidate> Without(ImmutableArray<string> removers, ImmutableArray<Candidate> people) => removers.IsEmpty ? people
        : people.RemoveAll(candidate => removers.Contains(candidate.Person) || (candidate.RoutedTo is { } routed && removers.Contains(routed)));

    /// <summary>The first fault ends it: a rule after one that can't be told must not approve.</summary>
    private static (bool Skip, string? Rule, string? Fault) Test(LevelDefinition level, ConditionInput input)
    {
        string? fault = null;
        if (level.When is { } when && !ConditionCache.Of(when).Holds(input, out fault))
        {
            return (fault is null, null, fault);
        }
        if (level.HumanOnly)
        {
            return default;
        }
        foreach (var rule in level.AutoApprove)
        {
            if (ConditionCache.Of(rule).Holds(input, out fault))
            {
                return (false, rule, null);
            }
            if (fault is not null)
            {
                return (false, null, fault);
            }
        }
        return default;
    }

    /// <summary>The people of <c>escalateTo</c>; where that names nobody but the requester, of the next level.</summary>
    private ImmutableArray<Candidate> Targets(Candidates candidates, ImmutableArray<LevelDefinition> levels, int level)
    {
        var named = candidates.Of(levels[level - 1].EscalateTo, least: 1);
        return named.Any(target => !ActorRef.Of(Snapshot.Requester).StandsFor(target.Person)) || level == levels.Length
            ? named
            : candidates.Of([.. levels[level].Groups.SelectMany(group => group.Approvers)], least: 1);
    }

    private static bool IsEveryNeeded(GroupDefinition group) => group.Strategy is Strategy.All or Strategy.Quorum;

    /// <summary>With fewer people than this a group could not pass.</summary>
    private static int Least(GroupDefinition group) => group.Quorum is { IsPercent: false } quorum ? quorum.Amount : 1;
}
