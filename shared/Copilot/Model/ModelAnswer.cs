using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>JSON as a language model wrote it, or why there is none.</summary>
/// <param name="Content">Meant to be of the prompt's schema, and not to be relied on for it.</param>
/// <param name="Fault">Null where there is an answer.</param>
public readonly record struct ModelAnswer(Value Content, ModelFault? Fault)
{
    public static ModelAnswer Of(Value content) => new(content, null);

    public static ModelAnswer Failed(ModelFault fault) => new(Value.Null, fault);
}
