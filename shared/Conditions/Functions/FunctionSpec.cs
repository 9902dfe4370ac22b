using System.Collections.Immutable;
using Approvals.Conditions.Checking;
using Approvals.Conditions.Compiling;
using Approvals.Values;

namespace Approvals.Conditions.Functions;

/// <summary>How a function may be written.</summary>
[Flags]
internal enum CallStyle : byte
{
    /// <summary><c>size(list)</c></summary>
    Global = 1,

    /// <summary><c>list.size()</c></summary>
    Receiver = 2,
}

/// <summary>Evaluates a call with one or two values, the target first; a fault is noted on the frame.</summary>
internal delegate Value Evaluator(ref Frame frame, Node call, Value first, Value second);

/// <summary>A function with its overloads. The checker reads the overloads; the evaluator looks at the values again, since most are of no known type.</summary>
internal sealed record FunctionSpec(string Name, CallStyle Style, Evaluator Evaluate, params ImmutableArray<Overload> Overloads);

/// <summary>The types of the values that a function takes, the target first, and what it gives.</summary>
internal sealed record Overload(StaticType Result, params ImmutableArray<StaticType> Parameters);
