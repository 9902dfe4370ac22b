using Approvals.Ports;
using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Approvals.Functions.Vault;

/// <summary>Secrets of decisions in Key Vault, under the names that the decisions refer to.</summary>
/// <remarks>
/// Key Vault can't create only: of two that store one name in the same moment the later is the current version. Names are made of the command's id,
/// so that the two are repeats of one command.
/// </remarks>
internal sealed class KeyVaultSecrets(SecretClient client) : IVault
{
    private const string TenantTag = "tenant";

    public async Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation)
    {
        await foreach (var _ in client.GetPropertiesOfSecretVersionsAsync(name, cancellation))
        {
            return false;
        }
        var kept = new KeyVaultSecret(name, secret);
        kept.Properties.Tags[TenantTag] = tenant;
        try
        {
            await client.SetSecretAsync(kept, cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // A name that was removed is kept for as long as the vault keeps what is deleted.
            var recovering = await client.StartRecoverDeletedSecretAsync(name, cancellation);
            await recovering.WaitForCompletionAsync(cancellation);
            await client.SetSecretAsync(kept, cancellation);
        }
        return true;
    }

    public async Task RemoveAsync(string tenant, string name, CancellationToken cancellation)
    {
        try
        {
            await client.StartDeleteSecretAsync(name, cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // There is none.
        }
    }
}
