using Approvals.Values;

namespace Approvals.Conditions;

/// <summary>All that a condition can see. One input serves any number of conditions, on any thread.</summary>
public sealed class ConditionInput
{
    /// <summary>Enough for 10,000 lines under an ordinary predicate; a few milliseconds at most.</summary>
    public const int DefaultMaxSteps = 100_000;

    public required Value Payload { get; init; }

    public Value Actor { get; init; } = Empty;

    public Value Subject { get; init; } = Empty;

    public required DateTimeOffset Now { get; init; }

    /// <summary>The work allowed to one evaluation: roughly, operations inside loops and 16ths of the characters read or made.</summary>
    public int MaxSteps { get; init; } = DefaultMaxSteps;

    private static readonly Value Empty = Value.Map();
}
