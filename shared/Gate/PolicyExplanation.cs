using System.Collections.Immutable;
using Approvals.Conditions;
using Approvals.Policies;
using Approvals.Policies.Compiled;

namespace Approvals.Gate;

/// <summary>Says why a policy applies, for people who may not see sensitive values.</summary>
internal static class PolicyExplanation
{
    private const int MostOperandsShown = 4;
    private const int LongestShown = 80;

    public static ImmutableArray<ExplainedClause> Clauses(CompiledCondition? when, ConditionInput input, ImmutableArray<string> sensitive) =>
        when is null ? [] : [.. when.Explain(input).Select(item => Masked(item, sensitive))];

    /// <summary>E.g. <c>Vendor bills (vendorBill, version 3) requires approval: payload.amount > 5000 (payload.amount is 7200).</c></summary>
    public static string Applies(CompiledPolicy policy, ImmutableArray<ExplainedClause> clauses)
    {
        var reasons = string.Join("; ", clauses.Where(clause => clause.Value == Values.Value.True).Select(Reason));
        return reasons.Length == 0 ? Phrase.With(Texts.PolicyRequires, Name(policy)) : Phrase.With(Texts.PolicyRequiresFor, Name(policy), reasons);
    }

    /// <summary>The policy applies, but each of its levels has a condition that does not hold.</summary>
    public static string NoLevel(CompiledPolicy policy) =>
        Phrase.With(policy.Policy.AllowWhenNoLevelApplies ? Texts.PolicyNoLevelAllowed : Texts.PolicyNoLevelFallback, Name(policy));

    public static string Failed(CompiledPolicy policy, string fault) =>
        Phrase.With(Texts.PolicyFailed, Name(policy), fault);

    /// <summary>The fault as the trail keeps it. Faults may quote what they failed on; where that may be sensitive only the place is told.</summary>
    public static string Fault(CompiledPolicy policy, string fault) =>
        $"{policy.Ref.Key}@{policy.Ref.Version}: {(Quotes(policy) ? Texts.PolicyFailedSensitive : fault)}";

    private static bool Quotes(CompiledPolicy policy) =>
        policy.When is { } when && policy.Policy.Sensitive.Any(path => when.References.Any(reference => SensitivePath.Touches(path, reference)));

    private static string Name(CompiledPolicy policy) =>
        policy.Ref.Version == 0
            ? $"{policy.Policy.Name} ({policy.Ref.Key})"
            : Phrase.With(Texts.PolicyNameVersion, policy.Policy.Name, policy.Ref.Key, policy.Ref.Version);

    private static string Reason(ExplainedClause clause)
    {
        var shown = clause.Operands.Take(MostOperandsShown).Select(operand => Phrase.With(Texts.OperandIs, operand.Key, Cut(operand.Value.ToString())));
        var operands = string.Join(", ", shown);
        return operands.Length == 0 ? clause.Expression : $"{clause.Expression} ({operands})";
    }

    private static string Cut(string text) => text.Length <= LongestShown ? text : $"{text.AsSpan(0, LongestShown)}…";

    private static ExplainedClause Masked(ExplanationItem item, ImmutableArray<string> sensitive)
    {
        var shown = ImmutableArray.CreateBuilder<KeyValuePair<string, Values.Value>>(item.Operands.Length);
        foreach (var operand in item.Operands)
        {
            if (operand.Value is { } value)
            {
                shown.Add(new(operand.Name, MaskedOperand.Of(operand.Name, value, sensitive)));
            }
        }
        return new(item.Expression, item.Value, shown.DrainToImmutable());
    }
}
