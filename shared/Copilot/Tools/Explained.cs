using Approvals.Chains.State;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Risks;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Explanations in the words of cards.</summary>
internal static class Explained
{
    public static Provenance Of(PolicyRef policy) => new(ProvenanceSource.Policy, policy.Version == 0 ? policy.Key : $"{policy.Key}@{policy.Version}");

    /// <summary>E.g. <c>payload.amount > 5000 is true (payload.amount: 7200)</c>.</summary>
    public static IEnumerable<string> Clauses(IEnumerable<ExplainedClause> clauses) => clauses.Select(clause =>
    {
        var came = clause.Value is { } value ? Phrase.With(Texts.CardClauseIs, value) : Texts.CardClauseUnknown;
        var operands = string.Join(", ", clause.Operands.Select(operand => $"{operand.Key}: {operand.Value}"));
        return operands.Length == 0 ? $"{clause.Expression} {came}" : $"{clause.Expression} {came} ({operands})";
    });

    public static IEnumerable<string> Levels(TenantSnapshot tenant, IEnumerable<SimulatedLevel> levels) => levels.Select((level, i) =>
    {
        var said = level.Skipped ? Texts.CardLevelSkipped
            : level.AutoApproved ? Phrase.With(Texts.CardLevelByRule, level.Rule)
            : level.ApproverCount is not { } count ? Texts.CardLevelAsksSomebody
            : count == 0 ? Texts.CardLevelNobody
            : Phrase.With(level.Fallback ? Texts.CardLevelAsksFallback : Texts.CardLevelAsks, level.Approvers.IsEmpty
                ? Figures.Count(count, Texts.CardLevelPeopleOne, Texts.CardLevelPeopleMany)
                : string.Join(", ", level.Approvers.Select(id => tenant.Directory.Find(id)?.Name ?? id)));
        return Phrase.With(Texts.CardLevel, i + 1, level.Name, said);
    });
}
