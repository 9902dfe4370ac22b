namespace Approvals.Functions.Tests.Tables;

/// <summary>Ids that keys of rows can't have as they are, or that look like what the layout itself uses.</summary>
public static class Hostile
{
    public static string[] Ids { get; } =
    [
        "a/b\\c#d?e%f",
        "\u0000\u0007\u001f\u007f\u0085",
        new string('ß', 200),
        new string('ß', 199) + "s",
        string.Concat(Enumerable.Repeat("😀", 100)),
        "x|y",
        "x}y",
        "x=7cy",
        "'; or ''",
        "..",
        " ",
    ];

    public static TheoryData<string> All => [.. Ids];
}
