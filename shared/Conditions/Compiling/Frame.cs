using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>One evaluation under way.</summary>
internal ref struct Frame(ConditionInput input, Span<Value> slots)
{
    public readonly ConditionInput Input = input;

    /// <summary>The loop variables.</summary>
    public readonly Span<Value> Slots = slots;

    /// <summary>What is left of the work allowed. Once negative the evaluation is over, whatever <c>||</c> makes of the fault.</summary>
    public int Steps = input.MaxSteps;

    public FaultNote Fault;

    /// <summary>What patterns cost in an explanation, which has as many times more steps for the rest.</summary>
    public int PatternWeight = 1;

    /// <summary>As <see cref="Charge"/>, for compiling or finding a pattern out of a payload.</summary>
    public bool ChargePattern(int steps) => Charge((int)Math.Min((long)steps * PatternWeight, int.MaxValue));

    /// <summary>Takes work off the account; false once it is used up.</summary>
    public bool Charge(int steps)
    {
        // Never above zero again, and no underflow.
        Steps = Steps < 0 ? Steps : Steps - steps;
        return Steps >= 0;
    }

    public Value Fail(Node at, FaultText text, Value first = default, Value second = default)
    {
        Fault = new FaultNote(at, text, first, second);
        return Value.Fault;
    }
}
