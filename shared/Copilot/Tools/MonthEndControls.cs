using Approvals.Api;
using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Copilot.Cards;
using Approvals.Reports;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>The month-end checklist as cards, what needs attention first.</summary>
internal sealed class MonthEndControls : ICopilotTool
{
    public string Name => "month_end_controls";

    public string Description =>
        "The checklist of a month before the books are closed: open and overdue requests, self-approval attempts, overrides, failed executions, policy changes "
        + "and more, counted from the audit trail. For auditors and operators.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": { "month": { "type": "string", "description": "Such as 2026-03; the current one where left out." } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        var text = fields.OptionalId("month");
        if (!ReportMonth.TryRead(text, call, out var month) && fields.Errors.Count == 0)
        {
            fields.Fail("month", ReportMonth.Wrong);
        }
        if ((ReportHandlers.MaySee(call) ? fields.Problem : Problem.NotAuthorized) is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        var report = await call.Services.Reports.ControlsAsync(call.Tenant, month.Name, month.From, month.To, call.Cancellation);
        return ToolAnswer.Of([Overview(report), .. report.Items.OrderByDescending(item => item.Attention).Select(item => Card(report, item))]);
    }

    private static ToolCard Overview(ControlsReport report)
    {
        var wanting = report.Items.Count(item => item.Attention);
        return new ToolCard
        {
            Title = Phrase.With(Texts.CardControls, report.Month),
            Summary = wanting == 0
                ? Phrase.With(Texts.CardControlsClear, report.Items.Length)
                : Phrase.With(Texts.CardControlsWanting, wanting, report.Items.Length),
            Confidence = Confidence(report),
            Why = report.Truncated ? [Texts.CardControlsMore] : [],
            Provenance = [new Provenance(ProvenanceSource.Report, $"{ApprovalsEndpoints.Prefix}/reports/controls?month={report.Month}")],
        };
    }

    private static ToolCard Card(ControlsReport report, Control control) => new()
    {
        Title = control.Title,
        Summary = control.Attention ? Phrase.With(Texts.CardControlLook, control.Count)
            : control.Count == 0 ? Texts.CardControlNone
            : Phrase.With(Texts.CardControlInformation, control.Count),
        Confidence = Confidence(report),
        Why = control.Attention ? [Texts.CardControlExpected] : [],
        Provenance = [.. control.Requests.Select(id => new Provenance(ProvenanceSource.Request, id)), new Provenance(ProvenanceSource.Report, control.Key)],
    };

    private static double Confidence(ControlsReport report) => report.Truncated ? 0.8 : 1;
}
