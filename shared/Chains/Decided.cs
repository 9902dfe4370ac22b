using System.Collections.Immutable;

namespace Approvals.Chains;

/// <summary>The decider's answer: events (possibly none, for a command that repeats what already is), or a refusal.</summary>
public readonly record struct Decided(ImmutableArray<ChainEvent> Events, Refusal? Refusal)
{
    public static Decided Refuse(string code, string detail) => new([], new Refusal(code, detail));

    public static Decided Of(params ReadOnlySpan<ChainEvent> events) => new([.. events], null);
}
