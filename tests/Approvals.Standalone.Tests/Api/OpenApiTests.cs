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
