using System.Runtime.CompilerServices;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

/// <summary>
/// <c>&amp;&amp;</c> and <c>||</c>. An operand that decides wins over faults before and after it; otherwise the first fault is the result.
/// </summary>
internal sealed class LogicNode(int offset, Node[] operands, bool isAnd) : TestNode(offset)
{
    private readonly Truth _decisive = isAnd ? Truth.False : Truth.True;

    public override Truth Test(ref Frame frame)
    {
        for (var i = 0; i < operands.Length; i++)
        {
            var truth = operands[i].Test(ref frame);
            if (truth == _decisive)
            {
                return truth;
            }
            if (truth == Truth.Fault)
            {
                return AfterFault(ref frame, i + 1);
            }
        }
        return isAnd ? Truth.True : Truth.False;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Truth AfterFault(ref Frame frame, int next)
    {
        var fault = frame.Fault;
        for (var i = next; i < operands.Length; i++)
        {
            if (operands[i].Test(ref frame) == _decisive)
            {
                return _decisive;
            }
        }
        frame.Fault = fault;
        return Truth.Fault;
    }
}

internal sealed class NotNode(int offset, Node operand) : TestNode(offset)
{
    public override Truth Test(ref Frame frame) => operand.Test(ref frame) switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Fault,
    };
}

/// <summary><c>test ? then : otherwise</c>; the other half is not looked at.</summary>
internal sealed class ChoiceNode(int offset, Node test, Node then, Node otherwise) : Node(offset)
{
    public override Value Evaluate(ref Frame frame) => test.Test(ref frame) switch
    {
        Truth.True => then.Evaluate(ref frame),
        Truth.False => otherwise.Evaluate(ref frame),
        _ => Value.Fault,
    };

    public override Truth Test(ref Frame frame) => test.Test(ref frame) switch
    {
        Truth.True => then.Test(ref frame),
        Truth.False => otherwise.Test(ref frame),
        _ => Truth.Fault,
    };
}
