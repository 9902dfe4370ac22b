using Approvals.Chains.Levels;
using Approvals.Values.Reading;

namespace Approvals.Policies.Reading;

/// <summary>Refuses a policy for the service's own actions that could come to nobody's answer. The chain holds the same floor below whatever was published before.</summary>
internal static class OwnActionsFloor
{
    public static void Check(Policy policy, ReadErrors errors)
    {
        // A wildcard is about none of them.
        if (!policy.ActionTypes.Any(type => OwnActions.Is(type) && ActionPattern.IsActionType(type)))
        {
            return;
        }
        if (policy.AllowWhenNoLevelApplies)
        {
            errors.Add("/whenNoLevelApplies", Texts.WrongOwnAction);
        }
        if (!policy.Levels.IsEmpty && policy.Levels.All(level => level.When is not null))
        {
            errors.Add("/levels/0/when", Texts.WrongOwnAction);
        }
        for (var i = 0; i < policy.Levels.Length; i++)
        {
            var level = policy.Levels[i];
            if (!level.HumanOnly && !level.AutoApprove.IsEmpty)
            {
                errors.Add(Pointer.Append("/levels", i) + "/autoApprove", Texts.WrongOwnAction);
            }
            if (!level.HumanOnly && level.OnTimeout == TimeoutAction.AutoApprove)
            {
                errors.Add(Pointer.Append("/levels", i) + "/onTimeout", Texts.WrongOwnAction);
            }
        }
    }
}
