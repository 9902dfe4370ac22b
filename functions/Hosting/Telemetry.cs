using Approvals.Hosting;
using Approvals.Telemetry;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Approvals.Functions.Hosting;

/// <summary>Sends traces and metrics to Application Insights, or by OTLP, where the platform's own variables say so; otherwise nobody listens.</summary>
internal static class Telemetry
{
    /// <summary>Each look reads from the storage account.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var insights = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 };
        var otlp = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        if (!insights && !otlp)
        {
            return services;
        }
        var telemetry = services.AddOpenTelemetry().UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(Meters.Name))
            .WithMetrics(metrics => metrics.AddMeter(Meters.Name));
        if (insights)
        {
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = new DefaultAzureCredential());
        }
        if (otlp)
        {
            telemetry.UseOtlpExporter();
        }
        return services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Gauges>(provider, LookEvery));
    }
}
