namespace Approvals.Conditions;

/// <summary>Why a condition was refused when it was saved; line and column are 1-based, in UTF-16 units.</summary>
/// <param name="Suggestion">What the author may have meant, as a sentence, or null.</param>
public sealed record ConditionError(int Line, int Column, string Message, string? Suggestion);
