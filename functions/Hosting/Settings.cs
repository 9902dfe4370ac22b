using Approvals.Api.Http;
using Approvals.Functions.Graph;
using Approvals.Functions.ServiceBus;
using Approvals.Functions.SignIn;
using Approvals.Hosting;
using Approvals.Hosting.Delivery;
using Approvals.Hosting.Model;
using Approvals.Requests;
using Microsoft.Extensions.Configuration;

namespace Approvals.Functions.Hosting;

/// <summary>The settings of the Azure home (docs/operations.md): application settings, or <c>local.settings.json</c>.</summary>
internal sealed record Settings
{
    /// <summary>Where the Functions tools listen.</summary>
    private static readonly Uri Local = new("http://localhost:7071");

    public required Platform Platform { get; init; }
    public required StorageSettings Storage { get; init; }

    /// <summary>Null: the service's keys and secrets lie in the storage account, which is for development only.</summary>
    public required Uri? KeyVault { get; init; }

    /// <summary>Of the secrets that people hand over in a decision; null: they lie beside the service's keys.</summary>
    public required Uri? SecretsVault { get; init; }

    /// <summary>Null: events are not published.</summary>
    public required ServiceBusSettings? ServiceBus { get; init; }

    /// <summary>Null: people are the service's own.</summary>
    public required GraphSettings? Graph { get; init; }
    public required SignInKinds SignIn { get; init; }
    public required string? DirectoryFile { get; init; }
    public required string? PoliciesDirectory { get; init; }
    public required DeliverySettings Delivery { get; init; }

    /// <summary>Null: there is no language model.</summary>
    public required OpenAiSettings? Model { get; init; }

    /// <summary>Base of links in messages, and the address under which browsers know the service.</summary>
    public required Uri PublicUrl { get; init; }
    public required int RateLimitPerSecond { get; init; }
    public required OpenLimit OpenLimit { get; init; }

    /// <summary>The demo tenant, so that <c>func start</c> has somebody to sign in as.</summary>
    public bool WithDemo => DirectoryFile is null && SignIn.HasFlag(SignInKinds.Development);

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="SettingsException">One can't be used.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var section = new SettingsSection(configuration);
        var platform = Platform.Read(configuration);
        var keyVault = section.Address("KeyVaultUri", "https");
        var secretsVault = section.Address("SecretsVaultUri", "https");
        if (keyVault is null && secretsVault is not null)
        {
            throw new SettingsException("Approvals:SecretsVaultUri needs Approvals:KeyVaultUri beside it.");
        }
        if (keyVault is null && platform.IsAzure)
        {
            throw new SettingsException("Approvals:KeyVaultUri must be set in Azure: keys that lie beside what they sign prove nothing.");
        }
        var settings = new Settings
        {
            Platform = platform,
            Storage = StorageSettings.Read(section),
            KeyVault = keyVault,
            SecretsVault = secretsVault,
            ServiceBus = ServiceBusSettings.Read(section),
            Graph = GraphSettings.Read(section),
            SignIn = SignInSetting.Read(section, platform),
            DirectoryFile = section.File("DirectoryFile"),
            PoliciesDirectory = section.Directory("PoliciesDirectory"),
            Delivery = DeliverySettings.Read(section),
            Model = OpenAiSettings.Read(section, withIdentity: true),
            PublicUrl = section.Origin("PublicUrl", "http", "https") ?? (platform.IsAzure
                ? throw new SettingsException("Approvals:PublicUrl must be set in Azure: links in messages begin with it.")
                : Local),
            RateLimitPerSecond = section.Number("RateLimit", RateLimit.DefaultPerSecond),
            OpenLimit = new OpenLimit(section.Number("MostOpenPerAgent", OpenLimit.Default.Most)),
        };
        section.RefuseUnknown();
        return settings;
    }
}
