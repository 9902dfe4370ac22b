using System.Globalization;
using Approvals.Api.Http;

namespace Approvals.Api.Handlers;

/// <summary>A month in the tenant's time zone.</summary>
/// <param name="Name"><c>yyyy-MM</c>.</param>
/// <param name="To">Exclusive.</param>
internal readonly record struct ReportMonth(string Name, DateTimeOffset From, DateTimeOffset To)
{
    public const string Wrong = "Must be a month such as 2026-03.";

    /// <param name="text">Null: the current month.</param>
    public static bool TryRead(string? text, Call call, out ReportMonth month)
    {
        var zone = call.Zone;
        text ??= TimeZoneInfo.ConvertTime(call.Now, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || first.Year is < 1970 or > 9000)
        {
            month = default;
            return false;
        }
        month = new ReportMonth(text, LocalDay.Start(first, zone), LocalDay.Start(first.AddMonths(1), zone));
        return true;
    }
}
