using System.Globalization;
using Approvals.Values;

namespace Approvals.Web;

/// <summary>Puts numbers, times and amounts into words. The culture goes with the language of <see cref="Texts"/>.</summary>
public static class Say
{
    public static CultureInfo Culture => Readable.Culture;

    public static string With(string format, params ReadOnlySpan<object?> values) => string.Format(Culture, format, values);

    /// <summary>The one text for exactly one, the other for every other count; both get the count as <c>{0}</c>.</summary>
    public static string Counted(long count, string one, string many) => With(count == 1 ? one : many, Number(count));

    public static string Number(double number) => Readable.Number(number);

    /// <summary>With two decimals at least, so that amounts line up; never rounded.</summary>
    public static string Money(double amount) => Readable.Money(amount);

    /// <summary>Whether a member of a payload is an amount of money by its name: <c>amount</c>, <c>unitPrice</c>, <c>total_cost</c>.</summary>
    public static bool IsMoney(string name) => Readable.IsMoney(name);

    public static string Percent(double share) => share.ToString("0.#%", Culture);

    /// <summary>At most two units, the larger first: <c>3 d 4 h</c>, <c>2 h 5 min</c>, <c>40 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        return span switch
        {
            { TotalDays: >= 10 } => With(Texts.SpanDays, Math.Round(span.TotalDays)),
            { TotalDays: >= 1, Hours: 0 } => With(Texts.SpanDays, span.Days),
            { TotalDays: >= 1 } => With(Texts.SpanDaysHours, span.Days, span.Hours),
            { TotalHours: >= 1, Minutes: 0 } => With(Texts.SpanHours, span.Hours),
            { TotalHours: >= 1 } => With(Texts.SpanHoursMinutes, span.Hours, span.Minutes),
            { TotalMinutes: >= 1 } => With(Texts.SpanMinutes, span.Minutes),
            _ => With(Texts.SpanSeconds, span.Seconds),
        };
    }

    /// <summary><c>purchasing.vendorBill.post</c> reads "Purchasing › Vendor bill › Post".</summary>
    public static string Action(string actionType) => string.Join(" › ", actionType.Split('.').Select(Label));

    /// <summary>A generic request is named by its action, a typed one by its type.</summary>
    public static string Kind(string requestType, string actionType) => requestType == "action" ? Action(actionType) : Label(requestType);

    /// <summary>A member or code name as a label, as <see cref="Readable.Label"/> has it.</summary>
    public static string Label(string name) => Readable.Label(name);
}
