using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>Streams the trail: JSON Lines with the very bytes that were hashed, or CSV (RFC 4180) for spreadsheets.</summary>
internal static class AuditExport
{
    private const int FlushEvery = 32 * 1024;

    private static readonly string[] Columns =
    [
        "id", "tenant", "chain", "sequence", "at", "actorId", "actorType", "actorName", "assurance", "credential", "actingFor", "onBehalfOf", "action", "outcome", "code", "reason",
        "actionType", "subject", "requestId", "policyKey", "policyVersion", "payloadHash", "ip", "userAgent", "traceId", "details",
        "previousHash", "hash",
    ];

    public static async Task WriteAsync(Call call, AuditQuery filter, bool csv)
    {
        var response = call.Http.Response;
        response.ContentType = csv ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit-{call.Now.UtcDateTime:yyyyMMdd}.{(csv ? "csv" : "jsonl")}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        var output = response.BodyWriter;
        if (csv)
        {
            Row(output, Columns);
        }
        await foreach (var entry in call.Services.Audit.ExportAsync(filter, call.Cancellation))
        {
            if (csv)
            {
                Row(output, Cells(entry));
            }
            else
            {
                AuditJson.Write(output, entry);
                output.Write("\n"u8);
            }
            if (output.UnflushedBytes > FlushEvery)
            {
                await output.FlushAsync(call.Cancellation);
            }
        }
        await output.FlushAsync(call.Cancellation);
    }

    private static string?[] Cells(StoredEntry entry)
    {
        var fields = AuditFields.Read(entry);
        return
        [
            fields.Id, fields.Tenant, fields.Chain, fields.Sequence.ToString(CultureInfo.InvariantCulture), Rfc3339.Format(fields.At),
            fields.ActorId, fields.ActorType, fields.ActorName, fields.Assurance, fields.Credential, fields.ActingForId, fields.OnBehalfOf, fields.Action, fields.Outcome, fields.Code, fields.Reason,
            fields.ActionType, fields.SubjectType is null ? null : $"{fields.SubjectType}:{fields.SubjectId}", fields.RequestId,
            fields.PolicyKey, fields.PolicyVersion?.ToString(CultureInfo.InvariantCulture), fields.PayloadHash, fields.Ip, fields.UserAgent,
            fields.TraceId, fields.Details.Members.Count == 0 ? null : fields.Details.ToString(), fields.PreviousHash, entry.Hash,
        ];
    }

    private static void Row(PipeWriter output, string?[] cells)
    {
        var line = string.Join(',', cells.Select(CsvCell.Of)) + "\r\n";
        output.Write(Encoding.UTF8.GetBytes(line));
    }

    private static void Write(this PipeWriter output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
