namespace Approvals.Values.Reading;

/// <summary>RFC 6901 pointers, built step by step.</summary>
internal static class Pointer
{
    public static string Append(string pointer, string member) =>
        $"{pointer}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => $"{pointer}/{index}";
}
