using System.Text.Json;
using System.Text.RegularExpressions;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The committed description of the API, and whether an answer is as it says.</summary>
internal static partial class OpenApi
{
    public static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root(), "docs", "openapi.json"))).RootElement;

    private static readonly (Regex Pattern, string Path)[] Paths =
    [
        .. Document.GetProperty("paths").EnumerateObject().Select(path => path.Name)
            // What is spelled out comes before what a parameter stands for.
            .OrderBy(path => path.Count(c => c == '{'))
            .Select(path => (new Regex("^" + Parameter().Replace(path, "[^/]+") + "$"), path)),
    ];

    public static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Approvals.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The repository's root was not found.");
        }
        return directory;
    }

    /// <summary>Unknown addresses and methods have no description: their answers need only be problems.</summary>
    public static void Check(HttpMethod method, string url, Answer answer)
    {
        var path = url.Split('?')[0];
        if (Paths.FirstOrDefault(known => known.Pattern.IsMatch(path)).Path is not { } known
            || !Document.GetProperty("paths").GetProperty(known).TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
        {
            return;
        }
        var responses = operation.GetProperty("responses");
        Assert.True(
            responses.TryGetProperty($"{answer.Status}", out var response), $"{method} {known}: the status {answer.Status} is not described.\n{answer.Text}");
        response = Resolve(response);
        if (!response.TryGetProperty("content", out var content))
        {
            Assert.Equal("", answer.Text);
            return;
        }
        Assert.True(content.TryGetProperty(answer.ContentType, out var media), $"{method} {known}: {answer.ContentType} is not described.");
        if (answer.ContentType.EndsWith("json", StringComparison.Ordinal))
        {
            Schema.Check(media.GetProperty("schema"), answer.Body, $"{method} {known} {answer.Status}");
        }
    }

    public static JsonElement Resolve(JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
        {
            return element;
        }
        var found = Document;
        foreach (var step in reference.GetString()!.Split('/').Skip(1))
        {
            found = found.GetProperty(step);
        }
        return found;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
