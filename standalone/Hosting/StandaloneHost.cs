using Approvals.Api;
using Approvals.Api.Reading;
using Approvals.Api.SignIn;
using Approvals.Hosting;
using Approvals.Hosting.Model;
using Approvals.Hosting.SignIn;
using Approvals.Ports;
using Approvals.Standalone.Data;
using Approvals.Standalone.Delivery;
using Approvals.Standalone.Hosting.Rejections;
using Approvals.Standalone.SignIn;
using Approvals.Standalone.Sqlite;
using Approvals.Web;
using Microsoft.AspNetCore.HostFiltering;

namespace Approvals.Standalone.Hosting;

/// <summary>Puts the service together in one process.</summary>
internal static class StandaloneHost
{
    /// <summary>Headers and a body's framing, beside the body itself.</summary>
    private const long BodySlack = 64 * 1024;

    /// <param name="configure">Replaces parts, for tests.</param>
    /// <exception cref="SettingsException">It can't start as it is set up.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<IServiceCollection>? configure = null)
    {
        // Settings are read once: a watch on the working directory would be woken by everything that is written there.
        var builder = SettingsFiles.Read(() => WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]));
        var settings = Settings.Read(builder.Configuration);
        HostLogging.Configure(builder.Logging, builder.Configuration.GetSection("Logging"), structured: !settings.SignIn.HasFlag(SignInKind.Development));
        builder.WebHost.UseUrls(Binding(settings.Url));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyReader.MaxBytes + BodySlack;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(RejectionAnswers.Wrap));
        });
        // One hop between threads less a call. A handler that blocks holds up its own connection alone: the runtime still waits for sockets elsewhere.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        AddServices(builder.Services, settings);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        try
        {
            // Before anything else asks for it: what is wrong with it is a sentence here alone.
            var storage = Open(app.Services, settings.DataDirectory);
            RejectionAnswers.Watch(app.Services);
            if (settings.SignIn.HasFlag(SignInKind.Development))
            {
                app.UseOwnNames(settings.Url.Host);
            }
            app.UseApprovals();
            app.MapApprovals();
            app.MapApprovalsWeb();
            await LoadAsync(app.Services, storage, settings);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void AddServices(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSqlite(new StorageOptions { DataDirectory = settings.DataDirectory, CheckpointEvery = settings.CheckpointEvery, OpenLimit = settings.OpenLimit });
        services.AddOutbox(settings);
        services.AddLanguageModel(settings.Model);
        services.AddApprovals(new ApiOptions
        {
            PublicUrl = settings.PublicUrl,
            RateLimitPerSecond = settings.RateLimitPerSecond,
            IsSecure = (settings.PublicUrl ?? settings.Url).Scheme == Uri.UriSchemeHttps,
        });
        services.AddSingleton<StartupPolicies>();
        services.AddSingleton<UngatedTenants>();
        services.AddSignIn(settings);
        if (Telemetry.IsWanted)
        {
            // The server names its spans and gives them method, route and status only when told to.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            services.AddHostedService<Telemetry>();
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Gauges>(provider, TimeSpan.FromSeconds(30)));
        }
    }

    private static async Task LoadAsync(IServiceProvider services, SqliteStorage storage, Settings settings)
    {
        await storage.Directory.SeedAsync(StartupDirectory.Read(settings.DirectoryFile), CancellationToken.None);
        await services.GetRequiredService<StartupDelivery>().CheckAsync(CancellationToken.None);
        await services.GetRequiredService<StartupPolicies>()
            .PublishAsync(settings.PoliciesDirectory, withDemo: settings.DirectoryFile is null, CancellationToken.None);
        services.GetRequiredService<StartupSignal>().Complete();
    }

    private static SqliteStorage Open(IServiceProvider services, string dataDirectory)
    {
        try
        {
            return services.GetRequiredService<SqliteStorage>();
        }
        catch (InvalidOperationException fault)
        {
            // Another process has the directory, or a newer program wrote it.
            throw new SettingsException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteFault)
        {
            throw DataDirectory.Unusable(dataDirectory, fault);
        }
    }

    /// <summary>The server can't choose a port for a name, only for an address.</summary>
    private static string Binding(Uri url) => url.Port == 0 && url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        ? $"{url.Scheme}://127.0.0.1:0"
        : url.GetLeftPart(UriPartial.Authority);
}
