using System.Globalization;

namespace Approvals.Web.Hosting;

/// <summary>
/// Times as the browser's date fields write them: in the reader's zone, without saying so. Years beyond anybody's use are no times, so that
/// nothing that is computed from one leaves the calendar.
/// </summary>
internal static class LocalTime
{
    private const int FirstYear = 1900;
    private const int LastYear = 8999;
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Null where the text is no such time. A time that a clock change skips counts from after it.</summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= FirstYear and <= LastYear
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    /// <summary>As <see cref="Parse"/>, for the end of a time: a date alone counts to its end.</summary>
    public static DateTimeOffset? ParseEnd(string? text, TimeZoneInfo zone) =>
        LocalDay.TryParse(text, out var day) && day.Year is >= FirstYear and <= LastYear ? LocalDay.End(day, zone) : Parse(text, zone);

    /// <summary>The first day of a month written <c>yyyy-MM</c>; null where the text is none.</summary>
    public static DateOnly? Month(string text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= FirstYear and <= LastYear
            ? first
            : null;

    public static string Format(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString(Forms[0], CultureInfo.InvariantCulture);
}
