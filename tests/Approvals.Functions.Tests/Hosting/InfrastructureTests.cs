using System.Reflection;
using System.Text.RegularExpressions;
using Approvals.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace Approvals.Functions.Tests.Hosting;

/// <summary>What the deployment gives the app, as far as it can be told from its text.</summary>
public sealed partial class InfrastructureTests
{
    /// <summary>Includes the right to change a container's retention.</summary>
    private const string BlobOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

    [Fact]
    public void App_hasNoRightOverTheRetentionOfCheckpoints()
    {
        var roles = Read("roles.bicep");

        var onAccount = roles[roles.IndexOf("var storageRoles", StringComparison.Ordinal)..];
        Assert.DoesNotContain(BlobOwner, onAccount[..onAccount.IndexOf(']', StringComparison.Ordinal)], StringComparison.Ordinal);
        var onCheckpoints = roles[roles.IndexOf("resource onCheckpoints", StringComparison.Ordinal)..];
        Assert.DoesNotContain("blobOwner", onCheckpoints[..onCheckpoints.IndexOf("\n}", StringComparison.Ordinal)], StringComparison.Ordinal);
        var hosting = Read("storage.bicep")[Read("storage.bicep").IndexOf("var hosting", StringComparison.Ordinal)..];
        Assert.DoesNotContain("checkpoints", hosting[..hosting.IndexOf(']', StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void App_takesNoPasswordForPublishing() => Assert.Equal(2, Publishing().Count(Read("app.bicep")));

    [Fact]
    public void Settings_ofTheDeployment_areSettingsOfTheApp()
    {
        var names = Setting().Matches(Read("app.bicep")).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.Contains("SecretsVaultUri", names);
        var values = names.ToDictionary(name => $"Approvals:{name}", name => (string?)(name switch
        {
            "Graph:Tenant" => "0f0f0f0f-0000-4000-8000-000000000000",
            "ServiceBus:fullyQualifiedNamespace" => "contoso.servicebus.windows.net",
            _ when name.EndsWith("Uri", StringComparison.Ordinal) || name.EndsWith("Url", StringComparison.Ordinal) || name.EndsWith("Endpoint", StringComparison.Ordinal) => "https://contoso.test",
            _ => "x",
        }));

        Assert.NotNull(Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).SecretsVault);
    }

    private static string Read(string module) =>
        File.ReadAllText(Path.Combine(
            typeof(InfrastructureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!,
            "../../infra-bicep/modules", module)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"'basicPublishingCredentialsPolicies' = \{\n    name: '(scm|ftp)'\n    properties: \{ allow: false \}")]
    private static partial Regex Publishing();

    [GeneratedRegex("Approvals__([A-Za-z_]+):")]
    private static partial Regex Setting();
}
