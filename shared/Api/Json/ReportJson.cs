using System.Text.Json;
using Approvals.Reports;

namespace Approvals.Api.Json;

internal static class ReportJson
{
    public static void Write(Utf8JsonWriter json, SlaReport report)
    {
        json.WriteStartObject();
        json.Instant("from"u8, report.From);
        json.Instant("to"u8, report.To);
        json.WriteNumber("requests"u8, report.Requests);
        json.WriteNumber("approved"u8, report.Approved);
        json.WriteNumber("rejected"u8, report.Rejected);
        json.WriteNumber("open"u8, report.Open);
        json.WriteNumber("overdue"u8, report.Overdue);
        json.WriteStartObject("cycleTime"u8);
        Hours(json, "medianHours"u8, report.MedianCycle);
        Hours(json, "p90Hours"u8, report.NinetiethCycle);
        json.WriteNumber("withinTarget"u8, report.WithinTarget);
        Hours(json, "targetHours"u8, SlaReport.CycleTarget);
        json.WriteEndObject();
        json.WriteStartObject("escalation"u8);
        json.WriteNumber("escalated"u8, report.Escalated);
        json.WriteNumber("rate"u8, report.EscalationRate);
        json.WriteNumber("target"u8, SlaReport.EscalationTarget);
        json.WriteEndObject();
        json.WriteNumber("escalationRate"u8, report.EscalationRate);
        json.WriteStartObject("audit"u8);
        json.WriteNumber("decisions"u8, report.Decisions);
        json.WriteNumber("complete"u8, report.CompleteDecisions);
        json.WriteEndObject();
        json.WriteNumber("auditCompleteness"u8, report.AuditCompleteness);
        json.WriteStartObject("openByAge"u8);
        json.WriteNumber("upTo24h"u8, report.OpenByAge[0]);
        json.WriteNumber("upTo48h"u8, report.OpenByAge[1]);
        json.WriteNumber("upTo7d"u8, report.OpenByAge[2]);
        json.WriteNumber("over7d"u8, report.OpenByAge[3]);
        json.WriteEndObject();
        json.WriteBoolean("truncated"u8, report.Truncated);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ControlsReport report)
    {
        json.WriteStartObject();
        json.WriteString("month"u8, report.Month);
        json.Instant("from"u8, report.From);
        json.Instant("to"u8, report.To);
        json.WriteStartArray("items"u8);
        foreach (var control in report.Items)
        {
            json.WriteStartObject();
            json.WriteString("control"u8, control.Key);
            json.WriteString("title"u8, control.Title);
            json.WriteNumber("count"u8, control.Count);
            json.WriteString("status"u8, control.Attention ? "attention"u8 : "ok"u8);
            json.Strings("requests"u8, control.Requests);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("truncated"u8, report.Truncated);
        json.WriteEndObject();
    }

    private static void Hours(Utf8JsonWriter json, ReadOnlySpan<byte> name, TimeSpan? span)
    {
        if (span is { } known)
        {
            json.WriteNumber(name, Math.Round(known.TotalHours, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
