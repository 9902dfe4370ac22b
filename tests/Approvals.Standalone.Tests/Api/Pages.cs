using System.Net;
using System.Text.RegularExpressions;

namespace Approvals.Standalone.Tests.Api;

/// <summary>A browser of somebody: sends forms with the anti-forgery field of a page, and follows no redirection.</summary>
internal sealed partial class Pages : IDisposable
{
    private readonly HttpClient _http;

    public Pages(Service service, string person)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = service.Http.BaseAddress };
        _http.DefaultRequestHeaders.Add("Authorization", $"Bearer dev.{World.Tenant}.{person}");
    }

    public Task<string> ReadAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <param name="page">Whose anti-forgery field goes with the form.</param>
    public async Task<int> SendAsync(string page, string path, params (string Name, string? Value)[] fields)
    {
        var token = Field().Match(await ReadAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)), new("__forgery", token)]);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), form);
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__forgery\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
