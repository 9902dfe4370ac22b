using System.Globalization;
using System.Text;

namespace Approvals.Web;

/// <summary>Puts numbers, times and amounts into words. The culture goes with the language of <see cref="Texts"/>.</summary>
public static class Say
{
    public static CultureInfo Culture => CultureInfo.GetCultureInfo(Texts.NumberCulture);

    private static readonly List<string> MoneyWords = ["amount", "price", "total", "cost"];

    private static readonly HashSet<string> Initialisms =
        new(["api", "bic", "erp", "iban", "id", "ip", "json", "pdf", "sku", "url", "vat"], StringComparer.OrdinalIgnoreCase);

    public static string With(string format, params ReadOnlySpan<object?> values) => string.Format(Culture, format, values);

    /// <summary>The one text for exactly one, the other for every other count; both get the count as <c>{0}</c>.</summary>
    public static string Counted(long count, string one, string many) => With(count == 1 ? one : many, Number(count));

    public static string Number(double number) => number.ToString(Math.Truncate(number) == number ? "N0" : "#,0.##########", Culture);

    /// <summary>With two decimals at least, so that amounts line up; never rounded.</summary>
    public static string Money(double amount) => amount.ToString("#,0.00########", Culture);

    /// <summary>Whether a member of a payload is an amount of money by its name: <c>amount</c>, <c>unitPrice</c>, <c>total_cost</c>.</summary>
    public static bool IsMoney(string name) => MoneyWords.Exists(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));

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

    /// <summary>A member or code name as a label: <c>costCenterOwner</c> and <c>cost_center_owner</c> read "Cost center owner".</summary>
    public static string Label(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c is '_' or '-' or ' ')
            {
                words.Append(' ');
            }
            else if (char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]))
            {
                var startsWord = i + 1 == name.Length || char.IsLower(name[i + 1]);
                words.Append(' ').Append(startsWord && i + 1 < name.Length ? char.ToLower(c, Culture) : c);
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpper(c, Culture) : c);
            }
        }

        return string.Join(' ', words.ToString().Split(' ').Select(word => Initialisms.Contains(word) ? word.ToUpper(Culture) : word));
    }
}
