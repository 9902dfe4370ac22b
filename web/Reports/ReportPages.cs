using System.Collections.Immutable;
using System.Globalization;
using Approvals.Actors;
using Approvals.Delegations;
using Approvals.Inbox;
using Approvals.Reports;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Reports;

/// <summary>How the tenant's approvals fare, for auditors and administrators.</summary>
internal static class ReportPages
{
    private const int MostApprovers = 30;
    private static readonly int[] Windows = [7, 30, 90, 365];

    public static void Map(PageRoutes pages) => pages.Get("/reports", visit => visit.Caller.SeesAll ? ShowAsync(visit) : visit.ForbiddenAsync());

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        var days = int.TryParse(visit.Query("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Windows.Contains(asked) ? asked : 30;
        var (month, from, to) = Month(visit);
        var view = await visit.Web.Reports.GetAsync(new(visit.Tenant, days, month), async () =>
        {
            // Others may wait for the same report: one reader who leaves doesn't end it.
            var sla = await visit.Services.Reports.SlaAsync(visit.Tenant, visit.Now.AddDays(-days), visit.Now, default);
            var controls = await visit.Services.Reports.ControlsAsync(visit.Tenant, month, from, to, default);
            return new ReportView(visit.Now, sla, controls, days, await WaitingAsync(visit));
        });
        return await visit.ShowAsync<ReportPage>(view);
    }

    /// <summary>The asked or the running month, in the tenant's zone: all readers mean the same days by it.</summary>
    private static (string Month, DateTimeOffset From, DateTimeOffset To) Month(Visit visit)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(visit.Caller.Tenant.Settings.TimeZone);
        var today = TimeZoneInfo.ConvertTime(visit.Now, zone);
        var first = LocalTime.Month(visit.Query("month")) ?? new DateOnly(today.Year, today.Month, 1);
        return (first.ToString("yyyy-MM", CultureInfo.InvariantCulture), Start(first), Start(first.AddMonths(1)));

        DateTimeOffset Start(DateOnly day)
        {
            var local = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }
    }

    private static async Task<ImmutableArray<WaitingLoad>> WaitingAsync(Visit visit)
    {
        var loads = new List<WaitingLoad>();
        foreach (var person in visit.Caller.Tenant.Directory.People.Where(person => person.MayDecide).Take(MostApprovers))
        {
            var query = new InboxQuery
            {
                Tenant = visit.Tenant,
                Authorities = Authority.InboxAuthorities(visit.Caller.Tenant, person.Id, visit.Now),
                ExceptRequestedBy = person.Id,
                Now = visit.Now,
            };
            var count = await visit.Services.Requests.CountInboxAsync(query, default);
            if (count.Count > 0)
            {
                loads.Add(new WaitingLoad(person.Name, count.Count, count.Overdue));
            }
        }

        return [.. loads.OrderByDescending(load => load.Count)];
    }
}
