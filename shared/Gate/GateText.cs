using Approvals.Chains.State;

namespace Approvals.Gate;

/// <summary>What the gate says of a grant that was claimed. It can't be claimed again, whatever became of the execution.</summary>
public static class GateText
{
    /// <param name="outcome">As far as it is known: only a report of success says that the action was carried out.</param>
    public static string Claimed(ExecutionOutcome outcome) => outcome switch
    {
        ExecutionOutcome.Succeeded => Texts.GateExecuted,
        ExecutionOutcome.Failed => Texts.GateExecutionFailed,
        ExecutionOutcome.Unknown => Texts.GateExecutionUnknown,
        _ => Texts.GateClaimed,
    };
}
