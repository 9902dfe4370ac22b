using Approvals.Conditions;
using BenchmarkDotNet.Attributes;

namespace Approvals.Bench;

public class ConditionBenchmarks
{
    private readonly Condition _condition = Samples.Compile(Samples.ConditionText);
    private readonly Condition _members = Samples.Compile("payload.vendor.country in ['DE', 'FR', 'IT'] && payload.costCenter.startsWith('CC-') && payload.currency == 'EUR'");
    private readonly Condition _arithmetic = Samples.Compile("payload.lines.map(l, l.quantity * l.amount).exists(total, total > 4000.0)");
    private readonly Condition _patterns = Samples.Compile("payload.rules.exists(r, payload.s.matches(r))");
    private int _calls;
    private readonly ConditionInput _small = Samples.Input(4200.5);
    private readonly ConditionInput _large = Samples.Input(84200.5);

    /// <summary>The amount is small, so the vendor and all five lines are looked at.</summary>
    [Benchmark]
    public bool EverythingEvaluated() => _condition.Evaluate(_small).Value;

    [Benchmark]
    public bool FirstComparisonDecides() => _condition.Evaluate(_large).Value;

    [Benchmark]
    public bool StringsAndMembership() => _members.Evaluate(_small).Value;

    [Benchmark]
    public bool MapAndArithmetic() => _arithmetic.Evaluate(_small).Value;

    /// <summary>500 patterns out of a payload, each new and large: ended by its steps.</summary>
    [Benchmark]
    public bool HostilePatterns() => _patterns.Evaluate(Samples.Patterns(@"[\pL\pN](\PL{30}){30}", _calls++)).Value;

    /// <summary>500 short ones, each new.</summary>
    [Benchmark]
    public bool ShortPatterns() => _patterns.Evaluate(Samples.Patterns("a", _calls++)).Value;

    /// <summary>One that has a state for each of many texts, over a text that meets them.</summary>
    [Benchmark]
    public bool PatternOfManyStates() => _patterns.Evaluate(Samples.Patterns("(a|b)*a(a|b){50}c", _calls++, 1, string.Concat(Enumerable.Repeat("aabab", 8)))).Value;

    [Benchmark]
    public object Compile() => Samples.Compile(Samples.ConditionText);

    [Benchmark]
    public int Explain() => _condition.Explain(_small).Length;
}
