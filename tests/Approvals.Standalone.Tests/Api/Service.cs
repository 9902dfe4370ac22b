using Approvals.Standalone.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The whole service on a real port over a real file, with two tenants. Can be stopped and started again on the same file.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly string _home = System.IO.Directory.CreateTempSubdirectory("approvals-").FullName;
    private readonly string[] _settings;
    private readonly Action<IServiceCollection>? _configure;
    private WebApplication? _app;

    private Service(string[] settings, Action<IServiceCollection>? configure)
    {
        _settings = settings;
        _configure = configure;
    }

    public string Home => _home;

    public HttpClient Http { get; private set; } = new();

    public IServiceProvider Services => _app!.Services;

    public static async Task<Service> StartAsync(string[]? settings = null, Action<IServiceCollection>? configure = null)
    {
        var service = new Service(settings ?? [], configure);
        World.Write(service._home);
        await service.StartAgainAsync();
        return service;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Somebody of the tenant <c>acme</c>, or of another.</summary>
    public Person As(string person, string tenant = World.Tenant) => new(Http, $"Bearer dev.{tenant}.{person}");

    public Person With(string? authorization) => new(Http, authorization);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        System.IO.Directory.Delete(_home, recursive: true);
    }

    private async Task StartAgainAsync()
    {
        string[] args =
        [
            "--Approvals:SignIn=development", "--Approvals:Url=http://127.0.0.1:0", $"--Approvals:DataDirectory={_home}/data", $"--Approvals:DirectoryFile={_home}/directory.json",
            $"--Approvals:PoliciesDirectory={_home}/policies", .. _settings,
        ];
        _app = await StandaloneHost.BuildAsync(args, _configure);
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }
    }
}
