using System.Collections.Immutable;

namespace Approvals.Web.Inbox;

/// <summary>The answer to one or many decisions made in the inbox.</summary>
/// <param name="Comment">As it was typed: whoever decides again what was refused may want it once more.</param>
public sealed record BulkOutcome(bool Approved, ImmutableArray<BulkItem> Items, string? Comment = null);

/// <param name="Refusal">Why not, for people; null where it was done.</param>
public sealed record BulkItem(string RequestId, string Title, string? Refusal);
