using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Approvals.Conditions.Checking;
using Approvals.Conditions.Compiling;
using Approvals.Conditions.Explaining;
using Approvals.Conditions.Syntax;
using Approvals.Values;

namespace Approvals.Conditions;

/// <summary>
/// A condition of a policy: a subset of CEL (cel.dev) over <c>payload</c>, <c>actor</c>, <c>subject</c> and <c>now</c>, compiled once and
/// shared by all threads. JSON numbers are doubles, and an int meets a double as a double; all else is CEL's.
/// </summary>
public sealed class Condition
{
    /// <summary>UTF-16 units of the text.</summary>
    public const int MaxLength = 4096;

    private readonly Node _root;
    private readonly bool _hasLoops;
    private readonly Lazy<Explainer> _explainer;
    private readonly Lazy<ImmutableArray<Threshold>> _thresholds;

    private Condition(string text, Expr expr)
    {
        Text = text;
        var compiler = new Compiler(text);
        _root = compiler.Compile(expr);
        _hasLoops = compiler.HasLoops;
        _explainer = new Lazy<Explainer>(() => new Explainer(text, expr));
        _thresholds = new Lazy<ImmutableArray<Threshold>>(() => Explaining.Thresholds.In(expr));
        References = InputPaths.In(expr);
    }

    public string Text { get; }

    /// <summary>
    /// The inputs that the condition reads, in the order of the text: <c>payload.amount</c>, <c>payload.lines</c>,
    /// <c>payload.lines[].category</c> for a member of items in a loop.
    /// </summary>
    public ImmutableArray<string> References { get; }

    /// <summary>The bounds above which a part of the condition becomes true, in the order of the text; those inside loops are left out.</summary>
    public ImmutableArray<Threshold> Thresholds => _thresholds.Value;

    /// <summary>Parses and checks a text. Every error has its place; most have a suggestion.</summary>
    public static bool TryCompile(string text, [NotNullWhen(true)] out Condition? condition, out ImmutableArray<ConditionError> errors)
    {
        condition = null;
        errors = [];
        if (text.Length > MaxLength)
        {
            errors = [new ConditionError(1, 1, Phrase.With(Texts.ConditionTooLong, MaxLength), null)];
            return false;
        }
        if (!Parser.TryParse(text, out var expr, out var fault))
        {
            errors = [fault.In(text)];
            return false;
        }
        var faults = Checker.Check(expr);
        if (faults.Length > 0)
        {
            errors = [.. faults.Select(each => each.In(text))];
            return false;
        }
        condition = new Condition(text, expr);
        return true;
    }

    /// <summary>Whether the condition holds on an input. Does not throw: what goes wrong is a fault of the result.</summary>
    public ConditionResult Evaluate(ConditionInput input) => _hasLoops ? EvaluateLoops(input) : Evaluate(input, default);

    /// <summary>
    /// The clauses of the condition in the order of the text, with what each came to and the inputs that it looked at: operands of
    /// <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and <c>?:</c>, down to the comparisons, calls and loops.
    /// </summary>
    public ImmutableArray<ExplanationItem> Explain(ConditionInput input) => _explainer.Value.Explain(input);

    private ConditionResult EvaluateLoops(ConditionInput input)
    {
        var slots = default(Slots);
        return Evaluate(input, slots);
    }

    private ConditionResult Evaluate(ConditionInput input, Span<Value> slots)
    {
        var frame = new Frame(input, slots);
        var truth = _root.Test(ref frame);
        return truth != Truth.Fault && frame.Steps >= 0 ? new ConditionResult(truth == Truth.True, null) : new ConditionResult(false, Fault(ref frame));
    }

    private ConditionFault Fault(ref Frame frame)
    {
        var (line, column) = TextPosition.Of(Text, frame.Steps < 0 ? 0 : frame.Fault.At?.Offset ?? 0);
        return new ConditionFault(frame.Steps < 0 ? Texts.EvaluationSteps : frame.Fault.Message, line, column);
    }

    public override string ToString() => Text;
}
