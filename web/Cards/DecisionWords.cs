using Approvals.Types;

namespace Approvals.Web.Cards;

/// <summary>What the two answers to a request are called, wherever they are given.</summary>
/// <param name="RejectSelected">To several requests of such types at once. Approving several is just that for every type: it brings no input.</param>
public sealed record DecisionWords(string Approve, string Reject, string RejectSelected)
{
    public static DecisionWords Of(ApprovalType type)
    {
        var approve = type.DecisionInputSchema?.Secrets.Any() is true ? Texts.ProvideKey : Texts.Approve;
        return type.Type == ApprovalType.Generic
            ? new DecisionWords(approve, Texts.Reject, Texts.RejectSelected)
            : new DecisionWords(approve, Texts.Dismiss, Texts.DismissSelected);
    }
}
