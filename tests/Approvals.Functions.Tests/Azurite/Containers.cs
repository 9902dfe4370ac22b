using Azure.Storage.Blobs;

namespace Approvals.Functions.Tests.Azurite;

internal static class Containers
{
    /// <summary>A new empty container that no other test sees.</summary>
    public static async Task<BlobContainerClient> NewAsync(AzuriteFixture azurite) =>
        await new BlobServiceClient(azurite.ConnectionString).CreateBlobContainerAsync($"test-{Guid.NewGuid():N}");
}
