using System.Collections.Immutable;
using Approvals.Conditions;

namespace Approvals.Policies.Compiled;

/// <summary>
/// A condition's text, compiled. A text that no longer compiles (policies are checked when saved, but may outlive the language) fails like a
/// run-time error, so that the gate asks people.
/// </summary>
internal sealed class CompiledCondition
{
    private readonly Condition? _condition;
    private readonly string? _error;

    public CompiledCondition(string text)
    {
        Text = text;
        if (!Condition.TryCompile(text, out _condition, out var errors))
        {
            _error = Phrase.With(Texts.ConditionNotCompiled, errors[0].Message);
        }
    }

    public string Text { get; }

    /// <summary>The inputs it reads; none where it does not compile.</summary>
    public ImmutableArray<string> References => _condition?.References ?? [];

    /// <summary>The bounds above which a part of it becomes true; none where it does not compile.</summary>
    public ImmutableArray<Threshold> Thresholds => _condition?.Thresholds ?? [];

    /// <param name="fault">Why it could not be told; null where it could.</param>
    public bool Holds(ConditionInput input, out string? fault)
    {
        if (_condition is null)
        {
            fault = _error;
            return false;
        }
        var result = _condition.Evaluate(input);
        fault = result.Fault is { } failed ? Phrase.With(Texts.ConditionFaultAt, failed.Message, failed.Line, failed.Column) : null;
        return result.Value && fault is null;
    }

    public ImmutableArray<ExplanationItem> Explain(ConditionInput input) => _condition?.Explain(input) ?? [];
}
