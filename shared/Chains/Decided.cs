using System.Collections.Immutable;
using Approvals.Chains.State;

namespace Approvals.Chains;

/// <summary>The decider's answer: events (possibly none, for a command that repeats what already is), or a refusal.</summary>
public readonly record struct Decided(ImmutableArray<ChainEvent> Events, Refusal? Refusal)
{
    /// <summary>The state that follows from the events, where the decider already has it: what <see cref="Chain.Evolve"/> makes of them.</summary>
    internal RequestState? After { get; init; }

    public static Decided Refuse(string code, string detail) => new([], new Refusal(code, detail));

    public static Decided Of(params ReadOnlySpan<ChainEvent> events) => new([.. events], null);
}
