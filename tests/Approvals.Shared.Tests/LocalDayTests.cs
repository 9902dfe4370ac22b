using System.Globalization;

namespace Approvals.Tests;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-11-29", "2026-11-28T23:00Z", "2026-11-29T23:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    // Clocks skip midnight: the day begins at one.
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z", "2018-11-05T02:00Z")]
    // Clocks go back to midnight: it comes twice, and the day begins the first time.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("Etc/GMT-9", "0001-01-01", "0001-01-01T00:00Z", "0001-01-01T15:00Z")]
    [InlineData("Etc/GMT+5", "9999-12-31", "9999-12-31T05:00Z", "9999-12-31T23:59:59.9999999Z")]
    public void A_day_begins_and_ends_as_its_zone_has_it(string zone, string day, string start, string end)
    {
        Assert.True(LocalDay.TryParse(day, out var date));
        var of = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal((At(start), At(end)), (LocalDay.Start(date, of), LocalDay.End(date, of)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
