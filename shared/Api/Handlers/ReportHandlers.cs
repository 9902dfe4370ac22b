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
        var to = query.To("to", call.Zone) ?? call.Now;
        var from = query.From("from", call.Zone) ?? to.AddDays(-Math.Min(DefaultDays, (to - DateTimeOffset.MinValue).TotalDays));
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
        if (!ReportMonth.TryRead(query.Text("month"), call, out var month))
        {
            query.Fail("month", ReportMonth.Wrong);
        }
        if ((MaySee(call) ? query.Problem : Problem.NotAuthorized) is { } problem)
        {
            return call.Refuse(problem);
        }
        var report = await call.Services.Reports.ControlsAsync(
            call.Tenant, month.Name, month.From, month.To, call.Cancellation);
        return Reply.Ok(report, ReportJson.Write);
    }

    internal static bool MaySee(Call call) => call.Caller.SeesAll || call.Caller.MayOperate;
}
