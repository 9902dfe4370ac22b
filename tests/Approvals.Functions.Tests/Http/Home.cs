using System.Text;
using System.Text.Json.Nodes;
using Approvals.Functions.Hosting;
using Approvals.Functions.Http;
using Approvals.Functions.Orchestration;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Standalone.Data;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace Approvals.Functions.Tests.Http;

/// <summary>
/// The function's pipeline on a real server in place of the Functions host, the storage ports over SQLite, which is here already; with the demo
/// tenant. Like the worker's own routing, the server has found an endpoint before the function is called.
/// </summary>
internal sealed class Home : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private WebApplication? _app;

    public HttpClient Http { get; private set; } = new();

    public IServiceProvider Services => _app!.Services;

    public static async Task<Home> StartAsync(
        AzuriteFixture azurite, (string Name, string? Value)[]? settings = null, Action<IServiceCollection>? configure = null)
    {
        var home = await HeldAsync(azurite, settings, configure);
        await home.BeginAsync();
        return home;
    }

    /// <summary>It takes calls, as a worker does from its first moment on, but its own start is yet to begin.</summary>
    public static async Task<Home> HeldAsync(
        AzuriteFixture azurite, (string Name, string? Value)[]? settings = null, Action<IServiceCollection>? configure = null)
    {
        var home = new Home();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            [
                new("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), new("Approvals:Storage", azurite.ConnectionString),
                .. (settings ?? []).Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)),
            ]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // For the lease under which policies are published.
        builder.Services.AddSingleton(new TableOptions(TablesHome.NewPrefix())).AddSingleton<ServiceTables>().AddHostedService<TablesStart>();
        builder.Services.AddFunctionsHome(Settings.Read(builder.Configuration));
        builder.Services.AddSqlite(new StorageOptions { DataDirectory = home._directory.Path });
        builder.Services.AddSingleton<Approvals.Ports.IPreferenceStore, MemoryPreferences>();
        configure?.Invoke(builder.Services);
        foreach (var held in builder.Services.Where(service => service.ImplementationType == typeof(TablesStart) || service.ImplementationType == typeof(Start)).ToList())
        {
            builder.Services.Remove(held);
        }
        home._app = builder.Build();
        var function = new HttpFunction(home._app.Services.GetRequiredService<Pipeline>(), new DurableClients());
        home._app.Map("{*path}", async http => await (await function.RunAsync(http.Request, new Mock<DurableTaskClient>("host").Object)).ExecuteAsync(http));
        await home._app.StartAsync();
        var address = home._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        home.Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        return home;
    }

    /// <summary>Completes with the start.</summary>
    public async Task BeginAsync()
    {
        await ActivatorUtilities.CreateInstance<TablesStart>(Services).StartAsync(default);
        await ActivatorUtilities.CreateInstance<Start>(Services).StartAsync(default);
    }

    /// <param name="credential">What follows Bearer; null: none.</param>
    public async Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method, string path, string? credential, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (credential is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {credential}");
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        return ((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, response);
    }

    /// <summary>A bill of Rae's that waits for Mika.</summary>
    public async Task<string> AskAsync(string credential = "dev.contoso.rae", string bill = "B-1")
    {
        var (status, body, _) = await SendAsync(HttpMethod.Post, "/api/v1/gate", credential, $$"""
            { "actionType": "purchasing.vendorBill.post", "subject": { "type": "vendorBill", "id": "{{bill}}" },
              "payload": { "number": "{{bill}}", "amount": 7200, "currency": "EUR", "vendor": { "name": "Nordwind", "isNew": false } } }
            """);
        Assert.Equal(202, status);
        return (string)body!["requestId"]!;
    }

    public Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> ApproveAsync(string request) =>
        SendAsync(HttpMethod.Post, $"/api/v1/requests/{request}/decisions", "dev.contoso.mika", """{"decision":"approve"}""");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        _directory.Dispose();
    }
}
