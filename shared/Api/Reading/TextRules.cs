namespace Approvals.Api.Reading;

/// <summary>What text of the outside world may be like.</summary>
internal static class TextRules
{
    public const int Id = 200;
    public const int Title = 500;
    public const int Prose = 10_000;

    /// <summary>Null where the text will do on one line.</summary>
    public static string? Line(string text, int most) =>
        text.Length > most ? TooLong(most)
        : string.IsNullOrWhiteSpace(text) ? "Must not be blank."
        : text.Any(char.IsControl) ? "Must not contain control characters."
        : null;

    /// <summary>Null where the text will do as prose, which may have lines and tabs, and be blank.</summary>
    public static string? Lines(string text, int most) =>
        text.Length > most ? TooLong(most)
        : text.Any(unit => char.IsControl(unit) && unit is not ('\n' or '\r' or '\t')) ? "Must not contain control characters."
        : null;

    private static string TooLong(int most) => $"Must have {most} characters or fewer.";
}
