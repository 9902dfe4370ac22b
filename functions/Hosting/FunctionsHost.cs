using Approvals.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Approvals.Functions.Hosting;

/// <summary>Puts the worker together.</summary>
internal static class FunctionsHost
{
    /// <exception cref="SettingsException">It can't start as it is set up.</exception>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddFunctionsHome(Settings.Read(builder.Configuration));
        // The application bounds bodies itself, and answers those that are too large with a problem.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        return builder.Build();
    }
}
