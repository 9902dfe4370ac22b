using System.Globalization;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Tests.Chains.Sla;

public sealed class BusinessTimeTests
{
    private static readonly BusinessCalendar Berlin = new() { TimeZone = "Europe/Berlin" };

    private static readonly BusinessCalendar Nights = Berlin with
    {
        WorkDays = [.. Enum.GetValues<DayOfWeek>()],
        Opens = new TimeOnly(0, 0),
        Closes = new TimeOnly(6, 0),
    };

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture);

    private static void Ends(string expected, string from, double hours, BusinessCalendar? calendar) =>
        Assert.Equal(Utc(expected), BusinessTime.Add(Utc(from), TimeSpan.FromHours(hours), calendar));

    [Fact]
    public void Without_a_calendar_the_wall_clock_counts() => Ends("2026-03-09T09:00", "2026-03-02T09:00", 168, null);

    [Theory]
    // 2026-03-02 is a Monday; Berlin is UTC+1 until 2026-03-29.
    [InlineData("2026-03-02T10:00", "2026-03-02T08:00", 2)]
    [InlineData("2026-03-02T16:00", "2026-03-02T08:00", 8)]
    [InlineData("2026-03-03T09:00", "2026-03-02T08:00", 9)]
    [InlineData("2026-03-02T10:00", "2026-03-02T03:00", 2)]
    [InlineData("2026-03-03T10:00", "2026-03-02T20:00", 2)]
    [InlineData("2026-03-09T09:00", "2026-03-06T15:00", 2)]
    [InlineData("2026-03-09T10:00", "2026-03-07T11:00", 2)]
    [InlineData("2026-03-09T16:00", "2026-03-02T16:00", 40)]
    public void Only_working_hours_count(string expected, string from, double hours) => Ends(expected, from, hours, Berlin);

    [Fact]
    public void The_weekend_in_which_clocks_change_moves_the_hours_in_utc()
    {
        // Friday 2026-03-27 15:00 local (UTC+1) and one working day: Monday 15:00 local (UTC+2).
        Ends("2026-03-30T13:00", "2026-03-27T14:00", 8, Berlin);
        // Friday 2026-10-23 15:00 local (UTC+2): Monday 15:00 local (UTC+1).
        Ends("2026-10-26T14:00", "2026-10-23T13:00", 8, Berlin);
    }

    [Fact]
    public void A_night_in_which_clocks_go_forward_is_an_hour_shorter()
    {
        // 2026-03-29, 00:00 to 06:00 local lasts five hours: 23:00Z to 04:00Z.
        Ends("2026-03-29T04:00", "2026-03-28T23:00", 5, Nights);
        Ends("2026-03-29T23:00", "2026-03-28T23:00", 6, Nights);
    }

    [Fact]
    public void A_night_in_which_clocks_go_back_is_an_hour_longer()
    {
        // 2026-10-25, 00:00 to 06:00 local lasts seven hours: 22:00Z to 05:00Z.
        Ends("2026-10-25T05:00", "2026-10-24T22:00", 7, Nights);
    }

    [Fact]
    public void Hours_that_begin_or_end_in_the_gap_do_so_when_clocks_jump()
    {
        Ends("2026-03-29T02:00", "2026-03-28T20:00", 1, Nights with { Opens = new(2, 30), Closes = new(10, 0) });
        Ends("2026-03-29T01:00", "2026-03-28T23:00", 2, Nights with { Closes = new(2, 30) });
        // Hours that lie in the gap whole do not happen on that day.
        Ends("2026-03-30T00:15", "2026-03-28T23:00", 0.25, Nights with { Opens = new(2, 0), Closes = new(2, 45) });
    }

    [Fact]
    public void Hours_that_begin_or_end_in_the_overlap_take_all_of_it()
    {
        // 02:30 local comes at 00:30Z and 01:30Z.
        Ends("2026-10-25T01:00", "2026-10-24T23:00", 0.5, Nights with { Opens = new(2, 30), Closes = new(10, 0) });
        Ends("2026-10-25T01:30", "2026-10-24T22:00", 3.5, Nights with { Closes = new(2, 30) });
    }

    [Fact]
    public void A_day_that_a_zone_left_out_has_no_hours()
    {
        // Samoa crossed the date line and had no 2011-12-30; the next day began at 2011-12-30T10:00Z.
        var apia = Nights with { TimeZone = "Pacific/Apia", Opens = new(9, 0), Closes = new(17, 0) };
        Ends("2011-12-30T20:00", "2011-12-30T03:00", 1, apia);
    }

    [Fact]
    public void Holidays_are_not_worked() => Ends(
        "2026-12-28T09:00", "2026-12-24T15:00", 2, Berlin with { Holidays = [new(2026, 12, 25)] });

    [Fact]
    public void Midnight_closes_the_day_at_its_end()
    {
        var late = Berlin with { Opens = new(18, 0), Closes = new(0, 0) };
        Ends("2026-03-02T23:00", "2026-03-02T08:00", 6, late);
        Ends("2026-03-03T18:00", "2026-03-02T08:00", 7, late);
        var always = late with { Opens = new(0, 0), WorkDays = [.. Enum.GetValues<DayOfWeek>()] };
        Ends("2026-03-09T08:00", "2026-03-02T08:00", 168, always);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-03-02T04:30")]
    [InlineData("America/New_York", "2026-03-02T15:00")]
    [InlineData("No/Such_Zone", "2026-03-02T10:00")]
    [InlineData("", "2026-03-02T10:00")]
    public void Hours_are_those_of_the_zone_and_an_unknown_one_is_utc(string zone, string expected) =>
        Ends(expected, "2026-03-02T01:00", 1, Berlin with { TimeZone = zone });

    [Fact]
    public void Nothing_is_absurd_enough_to_fail()
    {
        var noDays = Berlin with { WorkDays = [] };
        Ends("2026-03-02T10:00", "2026-03-02T08:00", 2, noDays);
        Ends("2026-03-02T10:00", "2026-03-02T08:00", 2, Berlin with { Opens = new(9, 0), Closes = new(9, 0) });
        Ends("2026-03-02T08:00", "2026-03-02T08:00", 0, Berlin);
        Ends("2026-03-02T08:00", "2026-03-02T08:00", -5, Berlin);
        Assert.Equal(DateTimeOffset.MaxValue, BusinessTime.Add(Utc("2026-03-02T08:00"), TimeSpan.MaxValue, null));
        Assert.Equal(Utc("2026-03-02T08:00").AddDays(3660), BusinessTime.Add(Utc("2026-03-02T08:00"), TimeSpan.MaxValue, Berlin));
        foreach (var edge in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddHours(-3)])
        {
            Assert.True(BusinessTime.Add(edge, TimeSpan.FromHours(100), Nights) >= edge);
            Assert.True(BusinessTime.Add(edge, TimeSpan.FromHours(100), Nights with { TimeZone = "Pacific/Apia" }) >= edge);
            Assert.True(BusinessTime.Add(edge, TimeSpan.FromHours(100), Nights with { TimeZone = "America/New_York" }) >= edge);
        }
    }

    private static readonly BusinessCalendar Shift = Berlin with { Opens = new(22, 0), Closes = new(6, 0) };

    private static readonly BusinessCalendar Split = Berlin with { Opens = new(8, 0), Closes = new(12, 0), MoreHours = [new(new(13, 0), new(17, 0))] };

    /// <summary>Every kind of hours, in a zone whose clocks change.</summary>
    private static readonly BusinessCalendar[] Calendars =
    [
        Berlin, Nights, Shift, Split, Berlin with { YearlyHolidays = ["12-25", "05-01"], Holidays = [new(2026, 4, 3)] },
        Split with { MoreHours = [new(new(13, 0), new(17, 0)), new(new(22, 0), new(6, 0))], WorkDays = [DayOfWeek.Saturday, DayOfWeek.Sunday] },
        Nights with { Opens = new(0, 0), Closes = new(0, 0) },
    ];

    private static readonly Gen<(BusinessCalendar Calendar, DateTimeOffset From)> Moments =
        from calendar in Gen.Elements(Calendars)
        from minutes in Gen.Choose(0, 2 * 525_600)
        select (calendar, Utc("2026-01-01T00:00").AddMinutes(minutes));

    [Theory]
    // 2026-03-02 is a Monday.
    [InlineData("2026-03-03T00:00", "2026-03-02T21:00", 3)]
    [InlineData("2026-03-03T05:00", "2026-03-02T10:00", 8)]
    [InlineData("2026-03-03T23:00", "2026-03-03T03:00", 4)]
    // Friday's shift ends on Saturday; the next is Monday's.
    [InlineData("2026-03-07T05:00", "2026-03-06T21:00", 8)]
    [InlineData("2026-03-09T22:00", "2026-03-07T04:00", 2)]
    // Sunday night belongs to Sunday, a day off.
    [InlineData("2026-03-02T22:00", "2026-03-02T02:00", 1)]
    public void A_night_shift_belongs_to_the_day_on_which_it_begins(string expected, string from, double hours) => Ends(expected, from, hours, Shift);

    [Fact]
    public void A_night_shift_in_which_clocks_change_has_the_hours_that_pass()
    {
        var daily = Shift with { WorkDays = [.. Enum.GetValues<DayOfWeek>()] };
        // 2026-03-28, 22:00 to 06:00: seven hours. 2026-10-24: nine.
        Ends("2026-03-29T04:00", "2026-03-28T21:00", 7, daily);
        Ends("2026-03-29T21:00", "2026-03-28T21:00", 8, daily);
        Ends("2026-10-25T05:00", "2026-10-24T20:00", 9, daily);
    }

    [Theory]
    [InlineData("2026-03-02T13:00", "2026-03-02T10:00", 2)]
    [InlineData("2026-03-02T16:00", "2026-03-02T06:00", 8)]
    [InlineData("2026-03-02T13:00", "2026-03-02T11:30", 1)]
    public void Breaks_are_not_worked(string expected, string from, double hours) => Ends(expected, from, hours, Split);

    [Theory]
    [InlineData("2026-12-28T09:00", "2026-12-24T15:00")]
    [InlineData("2028-12-26T09:00", "2028-12-22T15:00")]
    public void Yearly_holidays_are_not_worked_in_any_year(string expected, string from) => Ends(expected, from, 2, Berlin with { YearlyHolidays = ["12-25"] });

    [Theory]
    // 2026-11-29 is a Sunday.
    [InlineData("2026-11-30T16:00", "2026-11-29T11:32", 1)]
    [InlineData("2026-12-01T16:00", "2026-11-29T11:32", 2)]
    [InlineData("2026-12-02T09:30", "2026-12-01T09:30", 1)]
    [InlineData("2026-12-08T09:30", "2026-12-01T09:30", 5)]
    [InlineData("2026-12-07T09:30", "2026-12-04T09:30", 1)]
    [InlineData("2026-12-07T16:00", "2026-12-04T16:00", 1)]
    public void A_day_is_a_working_day(string expected, string from, int days) =>
        Assert.Equal(Utc(expected), BusinessTime.AddDays(Utc(from), days, Berlin));

    [Fact]
    public void A_day_ends_at_the_same_time_of_day_though_clocks_change()
    {
        Assert.Equal(Utc("2026-03-30T13:00"), BusinessTime.AddDays(Utc("2026-03-27T14:00"), 1, Berlin));
        Assert.Equal(Utc("2026-10-26T14:00"), BusinessTime.AddDays(Utc("2026-10-23T13:00"), 1, Berlin));
        // The short night is one working day as well.
        Assert.Equal(Utc("2026-03-29T04:00"), BusinessTime.AddDays(Utc("2026-03-28T22:30"), 1, Nights));
        Assert.Equal(Utc("2026-03-02T12:00"), BusinessTime.AddDays(Utc("2026-03-01T12:00"), 1, null));
    }

    [Fact]
    public void Days_of_equal_length_are_as_many_hours()
    {
        // Where no clock changes within hours, n days are n times the hours of one.
        var calendars = new[] { Berlin, Split, Shift with { TimeZone = "UTC" }, Nights with { TimeZone = "Asia/Tokyo" } };
        Prop.ForAll(All(Gen.Elements(calendars), Moments, Gen.Choose(1, 30)), each =>
        {
            var (calendar, (_, from), days) = each;
            Assert.Equal(BusinessTime.Add(from, days * BusinessTime.DayLength(calendar), calendar), BusinessTime.AddDays(from, days, calendar));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Later_beginnings_never_end_earlier()
    {
        Prop.ForAll(All(Moments, Gen.Choose(1, 3000), Gen.Choose(1, 10)), each =>
        {
            var ((calendar, from), minutes, days) = each;
            var later = from.AddMinutes(minutes);
            Assert.True(BusinessTime.AddDays(from, days, calendar) <= BusinessTime.AddDays(later, days, calendar));
            Assert.True(BusinessTime.AddDays(from, days, calendar) < BusinessTime.AddDays(from, days + 1, calendar));
            Assert.True(BusinessTime.AddDays(from, days, calendar) > from);
            Assert.True(BusinessTime.Add(from, TimeSpan.FromMinutes(minutes), calendar) <= BusinessTime.Add(later, TimeSpan.FromMinutes(minutes), calendar));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Time_added_in_two_steps_is_time_added_at_once()
    {
        Prop.ForAll(All(Moments, Gen.Choose(1, 6000), Gen.Choose(1, 6000)), each =>
        {
            var ((calendar, from), first, second) = each;
            var once = BusinessTime.Add(from, TimeSpan.FromMinutes(first + second), calendar);
            Assert.Equal(once, BusinessTime.Add(BusinessTime.Add(from, TimeSpan.FromMinutes(first), calendar), TimeSpan.FromMinutes(second), calendar));
            Assert.True(once > from);
        }).QuickCheckThrowOnFailure();
    }

    private static Arbitrary<(TFirst, TSecond, TThird)> All<TFirst, TSecond, TThird>(Gen<TFirst> firsts, Gen<TSecond> seconds, Gen<TThird> thirds) =>
        (from first in firsts
         from second in seconds
         from third in thirds
         select (first, second, third)).ToArbitrary();
}
