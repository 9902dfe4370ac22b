namespace Approvals.Values.Reading;

/// <summary>JSON documents that ship inside the assembly.</summary>
internal static class EmbeddedJson
{
    /// <summary>Names in ordinal order.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(EmbeddedJson).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static Value Read(string name)
    {
        using var stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return JsonText.Parse(text);
    }
}
