using System.Globalization;
using System.Text;

namespace Approvals.Values;

/// <summary>Members of payloads and their values as people read them: the same on pages, in mails and on cards.</summary>
public static class Readable
{
    /// <summary>Goes with the language of <see cref="Texts"/>.</summary>
    public static CultureInfo Culture => CultureInfo.GetCultureInfo(Texts.NumberCulture);

    private static readonly string[] MoneyWords = ["amount", "price", "total", "cost"];

    private static readonly HashSet<string> Initialisms =
        new(["api", "bic", "erp", "iban", "id", "ip", "json", "pdf", "sku", "url", "vat"], StringComparer.OrdinalIgnoreCase);

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

    /// <summary>Whether a member of a payload is an amount of money by its name: <c>amount</c>, <c>unitPrice</c>, <c>total_cost</c>.</summary>
    public static bool IsMoney(string name) => Array.Exists(MoneyWords, word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    public static string Number(double number) => number.ToString(Math.Truncate(number) == number ? "N0" : "#,0.##########", Culture);

    /// <summary>With two decimals at least, so that amounts line up; never rounded.</summary>
    public static string Money(double amount) => amount.ToString("#,0.00########", Culture);
}
