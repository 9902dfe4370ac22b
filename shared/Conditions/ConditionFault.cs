namespace Approvals.Conditions;

/// <summary>Why a condition could not be evaluated on an input, such as a missing member; line and column are 1-based.</summary>
public sealed record ConditionFault(string Message, int Line, int Column);
