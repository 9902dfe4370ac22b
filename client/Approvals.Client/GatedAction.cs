namespace Approvals.Client;

/// <summary>The action that the gate is asked about. Together with the payload and the caller it identifies one request.</summary>
/// <param name="ActionType">For example <c>purchasing.vendorBill.post</c>; case counts.</param>
/// <param name="SubjectType">Type of what is acted on, for example <c>vendorBill</c>.</param>
/// <param name="SubjectId">Id of what is acted on, for example <c>B-1001</c>.</param>
public sealed record GatedAction(string ActionType, string SubjectType, string SubjectId)
{
    /// <summary>1–500 characters; null: the service makes one from the policy's template.</summary>
    public string? Title { get; init; }

    /// <summary>What the approver should know besides the payload.</summary>
    public string? Description { get; init; }

    /// <summary>A registered approval type; null: a generic action.</summary>
    public string? Type { get; init; }

    /// <summary>Ask again although the same action was rejected before.</summary>
    public bool Reopen { get; init; }
}
