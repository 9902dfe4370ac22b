using Approvals.Audit;
using Approvals.Ports;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Vault;

/// <summary>Registers the service's keys, its vault and the signer of checkpoints.</summary>
internal static class VaultServices
{
    public const string KeysContainer = "keys";
    public const string SecretsContainer = "vault";

    /// <param name="keyVault">Null: both lie in the storage account, for development.</param>
    /// <param name="secretsVault">Null: secrets lie in the vault of the keys.</param>
    public static IServiceCollection AddVault(this IServiceCollection services, Uri? keyVault, Uri? secretsVault)
    {
        if (keyVault is not null)
        {
            services.AddSingleton<IKeyStore>(provider => new KeyVaultKeys(Client(provider, keyVault)));
            services.AddSingleton<IVault>(provider => new KeyVaultSecrets(Client(provider, secretsVault ?? keyVault)));
        }
        else
        {
            services.AddSingleton<IKeyStore>(provider => new BlobKeys(Container(provider, KeysContainer)));
            services.AddSingleton<IVault>(provider =>
                new BlobVault(Container(provider, SecretsContainer), provider.GetRequiredService<ISecretKeys>()));
        }
        services.AddSingleton<ISecretKeys, SharedKeys>();
        services.AddSingleton<ICheckpointSigner, EcdsaCheckpointSigner>();
        return services;
    }

    private static SecretClient Client(IServiceProvider provider, Uri vault) => new(vault, provider.GetRequiredService<TokenCredential>());

    /// <summary>Makes it where there is none, when it is first asked for.</summary>
    private static BlobContainerClient Container(IServiceProvider provider, string name)
    {
        var container = provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);
        container.CreateIfNotExists();
        return container;
    }
}
