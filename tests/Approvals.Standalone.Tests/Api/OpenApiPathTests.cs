using System.Text;
using System.Text.RegularExpressions;
using Approvals.Api;
using Approvals.Api.Http;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Every operation of the description with a segment that can't be one of ours, as it goes over the wire: the answer is described for it.</summary>
public sealed partial class OpenApiPathTests(OpenApiPathTests.Running running) : IClassFixture<OpenApiPathTests.Running>
{
    private static readonly string[] Malformed =
    [
        "%00", "a%00b", "%01", "%7F", "%0d%0aX-Evil:1", "%ff%fe", "%C0%AF", "%zz", "%", "%2F", "..%2f..%2fetc%2fpasswd", "%20", "%F0%9F%98%80",
        new string('a', 201),
    ];

    public static TheoryData<string> Operations => [.. OpenApi.Document.GetProperty("paths").EnumerateObject()
        .Where(path => path.Name.Contains('{', StringComparison.Ordinal))
        .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_answer_to_a_malformed_segment_is_described(string operation)
    {
        var (method, path) = operation.Split(' ') is [var verb, var address] ? (verb, address) : throw new FormatException(operation);
        var described = OpenApi.Document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
        foreach (var segment in Malformed)
        {
            using var response = await SendAsync(method, Parameter().Replace(path, segment));
            var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);

            Assert.True(described.TryGetProperty(status, out var answer), $"{operation} with {segment}: {status} is not described.\n{await response.Content.ReadAsStringAsync()}");
            Assert.Equal(
                OpenApi.Resolve(answer).TryGetProperty("content", out var content) ? content.EnumerateObject().Select(media => media.Name) : [],
                response.Content.Headers.ContentType is { MediaType: { } type } ? [type] : []);
        }
    }

    [Fact]
    public void Every_operation_that_honours_an_idempotency_key_says_so()
    {
        foreach (var route in ApiRoutes.All.Append(ApiRoutes.Mcp))
        {
            var operation = OpenApi.Document.GetProperty("paths").GetProperty(route.Pattern).GetProperty(route.Method.ToLowerInvariant());
            var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(OpenApi.Resolve).ToArray() : [];
            var isSaid = parameters.Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
            Assert.True((route.Method == "POST" && route.Body != BodyUse.None) == isSaid, route.Pattern);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        // As it stands: Uri would otherwise put escapes right.
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var http = running.Service.Http;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, options));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer dev.{World.Tenant}.adm");
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    public sealed class Running : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
