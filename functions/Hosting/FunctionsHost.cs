using Approvals.Functions.Orchestration;
using Approvals.Functions.Tables;
using Approvals.Functions.Upkeep;
using Approvals.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Hosting;

/// <summary>Puts the worker together.</summary>
internal static class FunctionsHost
{
    /// <exception cref="SettingsException">It can't start as it is set up.</exception>
    public static IHost Build(string[] args)
    {
        var builder = SettingsFiles.Read(() => FunctionsApplication.CreateBuilder(args));
        builder.ConfigureFunctionsWebApplication();
        // It notes whole addresses, before the tokens of links are taken out of them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddTelemetry(builder.Configuration);
        var settings = Settings.Read(builder.Configuration);
        // Started in this order: the tables are there before the home fills them.
        builder.Services.AddTables(new TableOptions());
        builder.Services.AddOrchestration();
        builder.Services.AddFunctionsHome(settings);
        builder.Services.AddUpkeep();
        // The application bounds bodies itself, and answers those that are too large with a problem.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        return builder.Build();
    }
}
