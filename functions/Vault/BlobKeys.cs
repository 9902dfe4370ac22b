using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Approvals.Functions.Vault;

/// <summary>Keys as blobs <c>{purpose}/{name}.key</c>, for development: there is no Key Vault beside Azurite.</summary>
internal sealed class BlobKeys(BlobContainerClient container) : IKeyStore
{
    public IReadOnlyList<KeyVersion> Read(string purpose)
    {
        var versions = new List<KeyVersion>();
        foreach (var blob in container.GetBlobs(BlobTraits.None, BlobStates.None, $"{purpose}/", CancellationToken.None))
        {
            versions.Add(new KeyVersion(
                blob.Properties.CreatedOn ?? DateTimeOffset.MinValue, container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToMemory()));
        }
        return versions;
    }

    public void Add(string purpose, ReadOnlySpan<byte> key) =>
        container.GetBlobClient($"{purpose}/{Guid.NewGuid():N}.key").Upload(BinaryData.FromBytes(key.ToArray()));
}
