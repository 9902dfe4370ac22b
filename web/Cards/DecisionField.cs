namespace Approvals.Web.Cards;

/// <summary>Something that an approver types along with the decision, as the request type's decision input schema asks for it.</summary>
/// <param name="Name">Member of the decision's <c>input</c>.</param>
/// <param name="Secret">Typed unseen, and shown nowhere afterwards.</param>
/// <param name="MinLength">0: no least length.</param>
/// <param name="Options">The only values there are; empty: free.</param>
public sealed record DecisionField(
    string Name, string Label, string? Hint, string Kind, bool Secret, bool Required, int MinLength, int MaxLength, IReadOnlyList<string> Options);
