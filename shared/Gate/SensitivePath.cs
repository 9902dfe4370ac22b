using System.Text.RegularExpressions;

namespace Approvals.Gate;

/// <summary>Paths to sensitive payload values: <c>payload.iban</c>, <c>payload.lines.price</c>, <c>payload.accounts.*.number</c>.</summary>
internal static partial class SensitivePath
{
    public const int MaxLength = 200;

    public const string Rule = "A sensitive path begins with payload, such as payload.iban or payload.lines.price; '*' stands for any member.";

    public static bool IsPath(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    /// <summary>The steps below the payload; none for the payload itself.</summary>
    public static string[] Steps(string path) => path.Split('.')[1..];

    [GeneratedRegex(@"^payload(\.([A-Za-z0-9_$-]+|\*))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
