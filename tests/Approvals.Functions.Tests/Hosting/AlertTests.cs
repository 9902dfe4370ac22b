using System.Reflection;
using System.Text.RegularExpressions;
using Approvals.Functions.Orchestration;
using Approvals.Hosting;
using Approvals.Telemetry;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tests.Hosting;

/// <summary>What alerts look for is what the service writes.</summary>
public sealed partial class AlertTests
{
    private static readonly string Alerts = File.ReadAllText(Path.Combine(
        typeof(AlertTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!,
        "../../infra-bicep/modules/alerts.bicep"));

    [Fact]
    public void Metrics_areThoseOfTheService() =>
        Assert.Equal([Gauges.OutboxLag, Meters.SlaBreaches], Metric().Matches(Alerts).Select(match => match.Groups[1].Value));

    /// <summary>The first two words looked for are those of our own line; a whole line's exception hides all but its template.</summary>
    [Fact]
    public void FailedOrchestrations_areFoundByTheirLine()
    {
        var template = typeof(OrchestrationFault).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message).Single(message => message is not null)!;
        var words = Word().Matches(Alerts).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("customDimensions.OriginalFormat", Alerts, StringComparison.Ordinal);
        Assert.Equal(["Orchestration", "failed"], words[..2]);
        Assert.All(words[..2], word => Assert.Matches($@"\b{word}\b", template));
    }

    [GeneratedRegex("name == \"([^\"]+)\"")]
    private static partial Regex Metric();

    [GeneratedRegex("line has \"([^\"]+)\"")]
    private static partial Regex Word();
}
