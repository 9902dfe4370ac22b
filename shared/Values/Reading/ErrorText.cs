namespace Approvals.Values.Reading;

/// <summary>An error as one text, for where message and suggestion are not shown apart.</summary>
internal static class ErrorText
{
    public static string Of(string message, string? suggestion) => suggestion is null ? message : $"{message} {suggestion}";
}
