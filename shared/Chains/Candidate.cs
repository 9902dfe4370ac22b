namespace Approvals.Chains;

/// <summary>A human found for a level.</summary>
/// <param name="Person">Whose authority it is.</param>
/// <param name="RoutedTo">Their delegate or substitute right now, if any.</param>
/// <param name="NeedsStandIn">
/// They are away, and whoever stands in for them is asked in the same group already, where every answer is needed: somebody else takes their place.
/// </param>
public sealed record Candidate(string Person, string? RoutedTo = null, bool NeedsStandIn = false);
