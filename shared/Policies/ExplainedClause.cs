using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>One part of a condition with what it came to; sensitive values are masked already.</summary>
/// <param name="Expression">The part as the policy has it.</param>
/// <param name="Value">What it came to; null where it failed or was not reached.</param>
/// <param name="Operands">The values that it was computed from, by their own text (<c>payload.amount</c>).</param>
public sealed record ExplainedClause(string Expression, Value? Value, ImmutableArray<KeyValuePair<string, Value>> Operands);
