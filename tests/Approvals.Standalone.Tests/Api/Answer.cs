using System.Globalization;
using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What came back.</summary>
public sealed record Answer(int Status, string ContentType, string Text, string? Location, string? RetryAfter, string? WwwAuthenticate, bool Replayed)
{
    /// <summary>A payload may be as deep as the reader's own default, and stands within an answer.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    public JsonElement Body { get; } = ContentType.EndsWith("json", StringComparison.Ordinal) && Text.Length > 0 ? JsonDocument.Parse(Text, Deep).RootElement : default;

    public JsonElement this[string member] => Body.GetProperty(member);

    public string Code => Text_("code");

    public string Id => Text_("id");

    public string RequestId => Text_("requestId");

    public JsonElement[] Items => [.. Body.GetProperty("items").EnumerateArray()];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType ?? "",
        await response.Content.ReadAsStringAsync(),
        response.Headers.Location?.OriginalString,
        response.Headers.RetryAfter?.Delta?.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        response.Headers.WwwAuthenticate.ToString() is { Length: > 0 } challenge ? challenge : null,
        response.Headers.Contains("Idempotent-Replayed"));

    /// <summary>Fails with the whole answer where it is another.</summary>
    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}\n{Text}");
        return this;
    }

    public Answer Expect(int status, string code)
    {
        Expect(status);
        Assert.Equal(code, Code);
        return this;
    }

    private string Text_(string member) => Body.GetProperty(member).GetString()!;
}
