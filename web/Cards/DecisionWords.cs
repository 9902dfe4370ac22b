using Approvals.Types;

namespace Approvals.Web.Cards;

/// <summary>What the two answers to a request are called, wherever they are given.</summary>
public sealed record DecisionWords(string Approve, string Reject)
{
    public static DecisionWords Of(ApprovalType type) => new(
        type.DecisionInputSchema?.Secrets.Any() is true ? Texts.ProvideKey : Texts.Approve,
        type.Type == ApprovalType.Generic ? Texts.Reject : Texts.Dismiss);
}
