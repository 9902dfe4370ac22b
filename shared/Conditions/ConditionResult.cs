namespace Approvals.Conditions;

/// <summary>What a condition came to: true, false or, where <see cref="Fault"/> is set, an error, which the gate takes for "needs approval".</summary>
public readonly record struct ConditionResult(bool Value, ConditionFault? Fault)
{
    public bool IsError => Fault is not null;
}
