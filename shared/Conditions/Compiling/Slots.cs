using System.Runtime.CompilerServices;
using Approvals.Conditions.Checking;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>The loop variables of one evaluation, on the stack.</summary>
[InlineArray(Checker.MaxLoops)]
internal struct Slots
{
    private Value _first;
}
