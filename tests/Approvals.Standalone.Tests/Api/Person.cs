using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Calls the API as somebody, and holds every answer against the description of the API.</summary>
public sealed class Person(HttpClient http, string? authorization)
{
    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, Json(body));

    public Task<Answer> PostAsync(string path, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : Json(body), key is null ? [] : [("Idempotency-Key", key)]);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, Full(path)) { Content = content };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        OpenApi.Check(method, Full(path), answer);
        return answer;
    }

    private static string Full(string path) => path.StartsWith("/healthz", StringComparison.Ordinal) ? path : "/api/v1" + path;

    private static StringContent Json(object body) => new(
        body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
