using System.Collections.Immutable;
using Approvals.Reports;

namespace Approvals.Web.Reports;

/// <summary>The reports page.</summary>
/// <param name="At">When it was computed.</param>
/// <param name="Days">Length of the window that ends now.</param>
/// <param name="Waiting">What waits for each approver at this moment, most first.</param>
public sealed record ReportView(DateTimeOffset At, SlaReport Sla, ControlsReport Controls, int Days, ImmutableArray<WaitingLoad> Waiting);

public sealed record WaitingLoad(string Name, int Count, int Overdue);
