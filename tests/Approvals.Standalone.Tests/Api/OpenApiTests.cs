using System.Text.Json;
using Approvals.Api;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public void Every_route_is_described_and_every_description_has_its_route()
    {
        var described = OpenApi.Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))
            .Where(route => route.Contains("/api/v1", StringComparison.Ordinal));
        var routes = ApiRoutes.All.Select(route => $"{route.Method} {ApprovalsEndpoints.Prefix}{route.Path}");
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operations_have_names_of_their_own_and_references_lead_somewhere()
    {
        var names = OpenApi.Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).Select(method => method.Value.GetProperty("operationId").GetString()).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Walk(OpenApi.Document);
    }

    [Fact]
    public void The_codes_of_problems_are_the_table()
    {
        var described = OpenApi.Document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties")
            .GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString());
        Assert.Equal(Approvals.Api.Problems.ProblemKind.All.Select(kind => kind.Code).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_only_some_answers_have_is_described()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<TimeProvider>(time));
        Assert.Contains((await service.As("rae").GetAsync("/types")).Expect(200).Items, type => type.GetProperty("titleTemplate").ValueKind == JsonValueKind.Null);

        var request = await Stories.PendingAsync(service, "1");
        var expired = service.Services.GetRequiredService<IRequestStore>().WaitAsync(World.Tenant, request, 1, TimeSpan.FromDays(30), default);
        time.Advance(TimeSpan.FromDays(3));
        await expired;
        (await service.As("rae").PostAsync($"/gate/{request}/execution", new { grant = "g", payload = new { id = "1" } })).Expect(408, "APPROVAL_TIMEOUT");
    }

    [Fact]
    public void Parameters_of_routes_are_those_of_the_description()
    {
        foreach (var route in ApiRoutes.All.Append(ApiRoutes.Mcp))
        {
            var operation = OpenApi.Document.GetProperty("paths").GetProperty(route.Pattern).GetProperty(route.Method.ToLowerInvariant());
            var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(OpenApi.Resolve).ToArray() : [];
            var described = parameters.Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!);
            Assert.Equal(described.Order(StringComparer.Ordinal), route.Parameters.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_no_route_declares_is_refused_everywhere()
    {
        await using var service = await Service.StartAsync();
        foreach (var route in ApiRoutes.All.Where(route => route.Method == "GET"))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.Path, @"\{[^}]+\}", "x");
            var refused = (await service.As("adm").GetAsync($"{path}?nonsense=1")).Expect(400, "VALIDATION_FAILED");
            Assert.Contains("nonsense", refused.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/audit/export?format=jsonl&actr=nobody", "actr", "Did you mean 'actor'?")]
    [InlineData("/requests?state=approved", "state", "Did you mean 'status'?")]
    [InlineData("/audit?actor=rae&fro=2026-01-01", "fro", "Did you mean 'from'?")]
    [InlineData("/requests/x?expand=all", "expand", "takes none")]
    [InlineData("/inbox/count?limit=3", "limit", "There are: filter, sort, search, requestType.")]
    public async Task A_misspelt_filter_is_told_what_was_meant(string path, string name, string said)
    {
        await using var service = await Service.StartAsync();
        var refused = (await service.As("adm").GetAsync(path)).Expect(400, "VALIDATION_FAILED");
        Assert.Contains(name, refused.Text, StringComparison.Ordinal);
        Assert.Contains(said, System.Text.RegularExpressions.Regex.Unescape(refused.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_served_is_what_is_committed()
    {
        await using var service = await Service.StartAsync();
        var served = await service.Http.GetByteArrayAsync("/openapi/v1.json");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(OpenApi.Root(), "docs", "openapi.json")), served);
    }

    private static void Walk(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            OpenApi.Resolve(element);
            foreach (var member in element.EnumerateObject())
            {
                Walk(member.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item);
            }
        }
    }
}
