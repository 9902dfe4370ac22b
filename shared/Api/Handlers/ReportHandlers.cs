using System.Globalization;
using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;

namespace Approvals.Api.Handlers;

/// <summary>Reports, for those who see the whole tenant or run the service.</summary>
internal static class ReportHandlers
{
    private const int DefaultDays = 30;

    public static async ValueTask<Reply> SlaAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var to = query.Instant("to") ?? call.Now;
        var from = query.Instant("from") ?? to.AddDays(-Math.Min(DefaultDays, (to - DateTimeOffset.MinValue).TotalDays));
        if (from >= to)
        {
            query.Fail("from", "Must be before the end.");
        }
        if ((MaySee(call) ? query.Problem : Problem.NotAuthorized) is { } problem)
        {
            return call.Refuse(problem);
        }
        return Reply.Ok(await call.Services.Reports.SlaAsync(call.Tenant, from, to, call.Cancellation), ReportJson.Write);
    }

    public static async ValueTask<Reply> ControlsAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var zone = Zone(call.Caller.Tenant.Settings.TimeZone);
        var month = query.Text("month") ?? TimeZoneInfo.ConvertTime(call.Now, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (!DateTime.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || first.Year is < 1970 or > 9000)
        {
            query.Fail("month", "Must be a month such as 2026-03.");
        }
        if ((MaySee(call) ? query.Problem : Problem.NotAuthorized) is { } problem)
        {
            return call.Refuse(problem);
        }
        var report = await call.Services.Reports.ControlsAsync(
            call.Tenant, month, Start(first, zone), Start(first.AddMonths(1), zone), call.Cancellation);
        return Reply.Ok(report, ReportJson.Write);
    }

    private static bool MaySee(Call call) => call.Caller.SeesAll || call.Caller.MayOperate;

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    private static DateTimeOffset Start(DateTime day, TimeZoneInfo zone) => new(day, zone.GetUtcOffset(day));
}
