using Approvals.Hosting;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Approvals.Functions.Hosting;

/// <summary>The storage account: by connection string (Azurite), or by its addresses, as the app's own identity.</summary>
internal sealed record StorageSettings(string? ConnectionString, Uri? TableUri, Uri? BlobUri)
{
    /// <exception cref="SettingsException">Neither is there.</exception>
    public static StorageSettings Read(SettingsSection section)
    {
        var connection = section.Text("Storage");
        var (table, blob) = (section.Address("Storage:TableUri", "https", "http"), section.Address("Storage:BlobUri", "https", "http"));
        if (table is not null && blob is not null)
        {
            return new StorageSettings(null, table, blob);
        }
        var text = connection ?? throw new SettingsException(
            "Approvals:Storage must be a connection string of a storage account, or Approvals:Storage:TableUri and Approvals:Storage:BlobUri its addresses.");
        return IsConnectionString(text)
            ? new StorageSettings(text, null, null)
            : throw new SettingsException("Approvals:Storage is no connection string of a storage account, such as UseDevelopmentStorage=true.");
    }

    public TableServiceClient Tables(TokenCredential credential) =>
        ConnectionString is { } text ? new TableServiceClient(text) : new TableServiceClient(TableUri, credential);

    public BlobServiceClient Blobs(TokenCredential credential) =>
        ConnectionString is { } text ? new BlobServiceClient(text) : new BlobServiceClient(BlobUri, credential);

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
