using System.Net.Http.Json;
using System.Text.Json;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Client.Tests;

/// <summary>One running service for all tests, and what they do there as people of the demo tenant.</summary>
[CollectionDefinition(Name)]
public sealed class Running : IAsyncLifetime, ICollectionFixture<Running>
{
    public const string Name = "service";

    /// <summary>How long tests wait for what comes at once on a quiet machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, ServiceProvider> _providers = [];
    private ServiceProcess? _process;

    public async Task InitializeAsync() => _process = await ServiceProcess.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var provider in _providers.Values)
        {
            await provider.DisposeAsync();
        }
        await _process!.DisposeAsync();
    }

    public Uri Address => _process!.Address;

    public ApprovalsClient As(string person)
    {
        lock (_providers)
        {
            if (!_providers.TryGetValue(person, out var provider))
            {
                var services = new ServiceCollection();
                services.AddApprovalsClient(_process!.Address, (_, _) => ValueTask.FromResult($"dev.contoso.{person}"));
                _providers[person] = provider = services.BuildServiceProvider();
            }
            return provider.GetRequiredService<ApprovalsClient>();
        }
    }

    public HttpApprovalHandler Handler(string person) =>
        new(As(person), request => ("vendorBill", request.Arguments.TryGetProperty("number", out var number) ? number.GetString()! : "none"));

    public async Task DecideAsync(string person, string requestId, string decision, string? comment = null)
    {
        using var http = Http(person);
        using var answer = await http.PostAsJsonAsync($"api/v1/requests/{requestId}/decisions", new { decision, comment });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The id of the request about a bill, once it waits for somebody.</summary>
    public async Task<string> PendingAsync(string person, string number)
    {
        using var http = Http(person);
        var end = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < end)
        {
            var inbox = await http.GetFromJsonAsync<JsonElement>("api/v1/inbox?limit=200");
            foreach (var item in inbox.GetProperty("items").EnumerateArray())
            {
                if (item.GetProperty("subject").GetProperty("id").GetString() == number)
                {
                    return item.GetProperty("id").GetString()!;
                }
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{number} did not arrive.");
    }

    public async Task<IReadOnlyList<(string Action, string? Detail)>> HistoryAsync(string requestId, string person = "rae")
    {
        using var http = Http(person);
        var history = await http.GetFromJsonAsync<JsonElement>($"api/v1/requests/{requestId}/history?limit=200");
        return [.. history.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("action").GetString()!, Executed(item)))];
    }

    private static string? Executed(JsonElement item) =>
        item.TryGetProperty("details", out var details) && details.TryGetProperty("result", out var outcome) ? outcome.GetString() : null;

    private HttpClient Http(string person) => new()
    {
        BaseAddress = _process!.Address,
        DefaultRequestHeaders = { Authorization = new("Bearer", $"dev.contoso.{person}") },
    };
}
