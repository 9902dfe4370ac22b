namespace Approvals.Web.Reports;

/// <summary>One bar of a chart.</summary>
/// <param name="Text">In place of the number.</param>
/// <param name="Late">Beyond what it should be.</param>
public sealed record Bar(string Name, double Value, string? Text = null, bool Late = false);
