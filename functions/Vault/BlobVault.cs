using Approvals.Hosting.Secrets;
using Approvals.Ports;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Approvals.Functions.Vault;

/// <summary>Secrets as encrypted blobs, one each, for development: there is no Key Vault beside Azurite.</summary>
internal sealed class BlobVault(BlobContainerClient container, ISecretKeys keys) : IVault
{
    private static readonly BlobRequestConditions New = new() { IfNoneMatch = ETag.All };

    private readonly SecretBox _box = new(keys);

    public async Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation)
    {
        try
        {
            await Of(tenant, name).UploadAsync(
                BinaryData.FromBytes(_box.Seal(tenant, name, secret)), new BlobUploadOptions { Conditions = New }, cancellation);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            return false;
        }
    }

    public Task RemoveAsync(string tenant, string name, CancellationToken cancellation) =>
        Of(tenant, name).DeleteIfExistsAsync(cancellationToken: cancellation);

    private BlobClient Of(string tenant, string name) => container.GetBlobClient(SecretBox.FileName(tenant, name));
}
