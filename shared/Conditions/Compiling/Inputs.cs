using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions.Compiling;

internal sealed class ConstantNode(int offset, Value value) : Node(offset)
{
    public Value Value { get; } = value;

    public override Value Evaluate(ref Frame frame) => Value;
}

internal sealed class InputNode(int offset, string name) : Node(offset)
{
    public bool IsPayload => name == Words.Payload;

    public override Value Evaluate(ref Frame frame) => name switch
    {
        Words.Payload => frame.Input.Payload,
        Words.Actor => frame.Input.Actor,
        Words.Subject => frame.Input.Subject,
        _ => Value.From(frame.Input.Now),
    };
}

/// <summary>The item that a loop is at.</summary>
internal sealed class VariableNode(int offset, int slot) : Node(offset)
{
    public override Value Evaluate(ref Frame frame) => frame.Slots[slot];
}
