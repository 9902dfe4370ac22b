using System.Collections.Immutable;
using Approvals.Gate;

namespace Approvals.Policies.Simulation;

/// <summary>A gate call as the trail keeps it, and whether it needed approval then.</summary>
/// <param name="RequestId">The request it led to, if any.</param>
/// <param name="EntryId">The entry on the trail.</param>
public sealed record RecordedCheck(GateCheck Check, bool WasGated, DateTimeOffset At, string? RequestId = null, string? EntryId = null);

/// <summary>What a policy would have done with recorded gate calls.</summary>
/// <param name="Evaluated">Calls looked at.</param>
/// <param name="Gated">Of these, those that the policy would have gated.</param>
/// <param name="NewlyGated">Of these, those that went through then.</param>
/// <param name="NoLongerGated">Calls that needed approval then and would not now.</param>
/// <param name="Items">Calls that the policy, or the active version that it replaces, covers, in the order given.</param>
public sealed record ReplayResult(int Evaluated, int Gated, int NewlyGated, int NoLongerGated, ImmutableArray<ReplayedCheck> Items);

/// <param name="Levels">Names of the levels that would have been asked.</param>
public sealed record ReplayedCheck(
    RecordedCheck Recorded, bool Gated, ImmutableArray<string> Levels, ImmutableArray<ExplainedClause> Explanation, string? Fault);
