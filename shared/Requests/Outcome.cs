using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;

namespace Approvals.Requests;

/// <summary>What the decider made of one command, levels entered on the way included.</summary>
/// <param name="After">With its version counted up; as before where nothing changed.</param>
public sealed record Outcome(RequestState? After, ImmutableArray<ChainEvent> Events, Refusal? Refusal);
