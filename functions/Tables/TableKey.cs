using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Functions.Tables;

/// <summary>
/// Keys of rows. Azure Tables forbids <c>/ \ # ?</c> and control characters in keys and bounds their length; ids come from outside and may have
/// any of them.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model</remarks>
internal static class TableKey
{
    /// <summary>Separates parts; no encoded part has it.</summary>
    public const char Separator = '|';

    /// <summary>Just above <see cref="Separator"/>: the end of everything that begins with a part.</summary>
    public const char AfterSeparator = '}';

    /// <summary>A longer encoded part keeps its beginning and ends in its hash. Several parts and a number stay far below the limit of 512.</summary>
    private const int MaxPart = 100;

    private const int KeptOfLong = 32;

    /// <summary>Positions and sequences as text that sorts like the numbers.</summary>
    public static string Ascending(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>As text that sorts the largest number first.</summary>
    public static string Descending(long number) => Ascending(long.MaxValue - number);

    /// <summary>Letters, digits, <c>- . _ ~</c> stay; everything else is <c>=</c> and two hex digits for each byte of its UTF-8. Different parts stay different.</summary>
    public static string Part(string text)
    {
        if (text.Length <= MaxPart && text.All(IsPlain))
        {
            return text;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        var encoded = new StringBuilder(utf8.Length + 16);
        foreach (var unit in utf8)
        {
            if (IsPlain((char)unit))
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('=').Append(unit.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        // "==" comes from no encoding, so that a shortened part is no other part's.
        return encoded.Length <= MaxPart
            ? encoded.ToString()
            : $"{encoded.ToString(0, KeptOfLong)}=={Convert.ToHexStringLower(SHA256.HashData(utf8))[..32]}";
    }

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        foreach (var part in parts)
        {
            if (key.Length > 0)
            {
                key.Append(Separator);
            }

            key.Append(Part(part));
        }

        return key.ToString();
    }

    /// <summary>Whether a key of ours can have it.</summary>
    public static bool Allows(char unit) => IsPlain(unit) || unit is Separator or '=';

    private static bool IsPlain(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '.' or '_' or '~';
}
