using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Copilot.Cards;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>Decisions outside the tenant's working hours. Those of its calendars count; without any, a wide working day.</summary>
internal static class AfterHours
{
    public static IEnumerable<ToolCard> Find(RiskScope scope)
    {
        var calendars = Calendars(scope.Tenant.Settings);
        var zone = WorkingSpan.Zone(calendars[0]);
        return from mine in scope.Made.Where(entry => !calendars.Any(calendar => IsOpen(calendar, entry.At))).GroupBy(entry => entry.ActorId)
               let late = mine.ToArray()
               select new ToolCard
               {
                   Title = Texts.RiskAfterHours,
                   Summary = Phrase.With(Texts.RiskAfterHoursText, scope.Name(mine.Key), Figures.Count(late.Length, Texts.CardTimesOne, Texts.CardTimesMany)),
                   Confidence = Figures.Confidence(0.2, late.Length),
                   Why = [.. late.Take(Evidence.Most).Select(entry =>
                       $"{entry.RequestId}: {TimeZoneInfo.ConvertTime(entry.At, zone).ToString("ddd yyyy-MM-dd HH:mm", Readable.Culture)} {zone.Id}")],
                   Provenance = Evidence.Of(late),
               };
    }

    private static ImmutableArray<BusinessCalendar> Calendars(TenantSettings settings) => settings.Calendars.IsEmpty
        ? [new BusinessCalendar { TimeZone = settings.TimeZone, Opens = new(7, 0), Closes = new(20, 0) }]
        : [.. settings.Calendars.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value)];

    private static bool IsOpen(BusinessCalendar calendar, DateTimeOffset at)
    {
        var zone = WorkingSpan.Zone(calendar);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        // A night shift began the day before.
        return WorkingSpan.On(date.AddDays(-1), calendar, zone).Concat(WorkingSpan.On(date, calendar, zone)).Any(span => span.Opens <= at && at < span.Closes);
    }
}
