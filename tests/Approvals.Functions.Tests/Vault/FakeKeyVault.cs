using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace Approvals.Functions.Tests.Vault;

/// <summary>The secrets of a Key Vault with soft delete, as its REST interface answers the real client.</summary>
internal sealed class FakeKeyVault(TimeProvider time) : HttpMessageHandler
{
    private static readonly Uri Address = new("https://contoso.vault.azure.net/");
    private readonly Dictionary<string, List<Version>> _secrets = [];
    private readonly HashSet<string> _deleted = [];

    public bool IsDown { get; set; }

    public int Calls { get; private set; }

    public IEnumerable<string> Names => _secrets.Keys.Except(_deleted);

    public SecretClient Client()
    {
        var options = new SecretClientOptions { Transport = new HttpClientTransport(this) };
        options.Retry.MaxRetries = 0;
        return new SecretClient(Address, new Anybody(), options);
    }

    public string Current(string name) => _secrets[name][^1].Value;

    public void Add(string name, string value)
    {
        var versions = _secrets.TryGetValue(name, out var known) ? known : _secrets[name] = [];
        versions.Add(new Version($"{versions.Count + 1:x32}", value, time.GetUtcNow()));
    }

    public void Disable(string name, int version) => _secrets[name][version] = _secrets[name][version] with { Enabled = false };

    // The synchronous client goes through HttpClient.Send.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        }
        if (request.Headers.Authorization is null)
        {
            var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            challenge.Headers.Add("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"https://vault.azure.net\"");
            return challenge;
        }
        Calls++;
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var path = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        return (request.Method.Method, path) switch
        {
            ("PUT", ["secrets", var name]) when _deleted.Contains(name) => new HttpResponseMessage(HttpStatusCode.Conflict),
            ("PUT", ["secrets", var name]) => Set(name, body!["value"]!.GetValue<string>()),
            ("GET", ["secrets", var name, "versions"]) => Ok(new { value = Live(name).Select(version => Bundle(name, version, withValue: false)) }),
            ("GET", ["secrets", var name]) when Live(name) is [.., var version] => Ok(Bundle(name, version, withValue: true)),
            ("GET", ["secrets", var name, var id]) when Live(name).Find(version => version.Id == id) is { } version =>
                Ok(Bundle(name, version, withValue: true)),
            ("DELETE", ["secrets", var name]) when Live(name) is [.., var version] => Delete(name, version),
            ("POST", ["deletedsecrets", var name, "recover"]) when _deleted.Remove(name) => Ok(Bundle(name, Live(name)[^1], withValue: false)),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    private HttpResponseMessage Set(string name, string value)
    {
        Add(name, value);
        return Ok(Bundle(name, _secrets[name][^1], withValue: true));
    }

    private HttpResponseMessage Delete(string name, Version version)
    {
        _deleted.Add(name);
        return Ok(Bundle(name, version, withValue: false));
    }

    private List<Version> Live(string name) => _deleted.Contains(name) ? [] : _secrets.GetValueOrDefault(name, []);

    private static Dictionary<string, object> Bundle(string name, Version version, bool withValue)
    {
        var bundle = new Dictionary<string, object>
        {
            ["id"] = $"{Address}secrets/{name}/{version.Id}",
            ["attributes"] = new { enabled = version.Enabled, created = version.CreatedAt.ToUnixTimeSeconds(), updated = version.CreatedAt.ToUnixTimeSeconds() },
        };
        if (withValue)
        {
            bundle["value"] = version.Value;
        }
        return bundle;
    }

    private static HttpResponseMessage Ok(object body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };

    private sealed record Version(string Id, string Value, DateTimeOffset CreatedAt, bool Enabled = true);

    private sealed class Anybody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
