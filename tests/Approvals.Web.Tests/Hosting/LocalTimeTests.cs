using Approvals.Web.Hosting;

namespace Approvals.Web.Tests.Hosting;

public sealed class LocalTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Parse_local_time_is_of_the_readers_zone() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero), LocalTime.Parse("2026-03-02T09:30", Berlin));

    [Theory]
    [InlineData("2026-11-29", "2026-11-29T23:00Z")]
    [InlineData("2026-11-29T10:00", "2026-11-29T09:00Z")]
    public void ParseEnd_a_date_counts_to_its_end(string text, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), LocalTime.ParseEnd(text, Berlin));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("2026-13-01")]
    [InlineData("")]
    [InlineData(null)]
    public void Parse_what_is_no_time_is_null(string? text) => Assert.Null(LocalTime.Parse(text, Berlin));

    [Theory]
    [InlineData("0001-01")]
    [InlineData("9999-12")]
    [InlineData("0000-00")]
    [InlineData("2026-1")]
    public void Month_that_no_calendar_holds_is_null(string text) => Assert.Null(LocalTime.Month(text));
}
