using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>Puts the values that a fault is about into its text, in the language of who reads it.</summary>
internal delegate string FaultText(Value first, Value second);

/// <summary>
/// A fault in the making: its text is only looked up and put together where the fault is the result, since <c>||</c> and <c>&amp;&amp;</c>
/// drop most.
/// </summary>
internal readonly record struct FaultNote(Node? At, FaultText Text, Value First, Value Second)
{
    public string Message => Text(First, Second);
}
