using System.Collections.Immutable;

namespace Approvals.Reports;

/// <summary>The month-end checklist: what a controller looks at before the books are closed.</summary>
/// <param name="Month"><c>yyyy-MM</c>, in the tenant's time zone.</param>
public sealed record ControlsReport(string Month, DateTimeOffset From, DateTimeOffset To, ImmutableArray<Control> Items, bool Truncated);

/// <summary>One line of the checklist.</summary>
/// <param name="Count">What was found; an expected number is none where <paramref name="Attention"/> can be set.</param>
/// <param name="Attention">Somebody should look at it.</param>
/// <param name="Requests">Ids of the first requests concerned.</param>
public sealed record Control(string Key, string Title, int Count, bool Attention, ImmutableArray<string> Requests);
