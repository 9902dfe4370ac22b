using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Conditions;

/// <summary>One boolean clause of a condition with what it came to on an input.</summary>
/// <param name="Expression">The clause as written.</param>
/// <param name="Value">Its value, or null where it failed or could not be evaluated and was not needed.</param>
/// <param name="Error">Why it failed, or null. A clause that the result did not depend on has no error.</param>
/// <param name="Needed">Whether the result depended on it, given the clauses before it.</param>
/// <param name="Operands">The inputs that it looked at.</param>
public sealed record ExplanationItem(
    string Expression, Value? Value, string? Error, bool Needed, ImmutableArray<ExplanationOperand> Operands);

/// <summary>An input that a clause looked at.</summary>
/// <param name="Name">Its path, such as <c>payload.amount</c>, or <c>payload.lines.2</c> for the item that decided a loop.</param>
/// <param name="Value">Its value, or null where there is none.</param>
public sealed record ExplanationOperand(string Name, Value? Value);
