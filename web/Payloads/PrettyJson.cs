using System.Text.Encodings.Web;
using System.Text.Json;
using Approvals.Values;
using Approvals.Web.Rendering;

namespace Approvals.Web.Payloads;

/// <summary>JSON as people edit it.</summary>
public static class PrettyJson
{
    // The text goes into a page through the renderer, which encodes it for HTML itself.
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Value value)
    {
        using var document = JsonDocument.Parse(JsonText.ToText(value));
        return Direction.Escaped(JsonSerializer.Serialize(document.RootElement, Options));
    }
}
