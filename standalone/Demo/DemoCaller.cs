using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Approvals.Standalone.Demo;

/// <summary>Calls the service over HTTP as one person of the demo tenant, and fails on any answer that the story does not expect.</summary>
internal sealed class DemoCaller(HttpClient http, string person)
{
    public Task<JsonElement> GetAsync(string path, int expected = 200) => SendAsync(HttpMethod.Get, path, null, expected);

    public Task<JsonElement> PostAsync(string path, object body, int expected) => SendAsync(HttpMethod.Post, path, body, expected);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, int expected)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"dev.{VendorBillStory.Tenant}.{person}");
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode == expected
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{method} {path} as {person}: expected {expected}, got {(int)response.StatusCode}\n{text}");
    }
}
