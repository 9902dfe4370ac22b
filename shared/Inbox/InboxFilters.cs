using System.Collections.Immutable;

namespace Approvals.Inbox;

/// <summary>What can be told of a waiting decision without looking at its request.</summary>
/// <param name="DueFrom">UTC ticks.</param>
/// <param name="DueBefore">UTC ticks, exclusive.</param>
/// <param name="Reader">Whose inbox it is; what bars them is left out.</param>
public sealed record InboxFilters(long DueFrom, long DueBefore, string? ExceptRequester, string? RequestType, string Reader)
{
    /// <param name="zone">The tenant's: its midnight begins and ends today.</param>
    public static InboxFilters Of(InboxQuery query, TimeZoneInfo zone)
    {
        var (from, before) = query.Filter switch
        {
            InboxFilter.Overdue => (long.MinValue, query.Now.UtcTicks),
            InboxFilter.DueToday => Today(query.Now, zone),
            _ => (long.MinValue, long.MaxValue),
        };
        return new InboxFilters(from, before, query.ExceptRequestedBy, query.RequestType, query.Authorities[0].Person);
    }

    /// <param name="due">UTC ticks.</param>
    /// <param name="barred"><see cref="Requests.Involvement.Barred"/>.</param>
    public bool Match(long due, string requester, string requestType, ImmutableArray<string> barred) =>
        due >= DueFrom && (due < DueBefore || DueBefore == long.MaxValue)
        && requester != ExceptRequester && !barred.Contains(Reader, StringComparer.Ordinal) && (RequestType is null || requestType == RequestType);

    private static (long From, long Before) Today(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return (LocalDay.Start(today, zone).Ticks, LocalDay.End(today, zone).Ticks);
    }
}
