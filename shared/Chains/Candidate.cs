namespace Approvals.Chains;

/// <summary>A human found for a level.</summary>
/// <param name="Person">Whose authority it is.</param>
/// <param name="RoutedTo">Their delegate or substitute right now, if any.</param>
public sealed record Candidate(string Person, string? RoutedTo = null);
