using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Approvals.Functions.Vault;

/// <summary>Keys as versions of Key Vault secrets <c>approvals-key-{purpose}</c>, in Base64. A new version rotates; disabling one ends what it signed.</summary>
internal sealed class KeyVaultKeys(SecretClient client) : IKeyStore
{
    private const string ContentType = "application/octet-stream;base64";

    public IReadOnlyList<KeyVersion> Read(string purpose)
    {
        var name = NameOf(purpose);
        var versions = new List<KeyVersion>();
        try
        {
            foreach (var version in client.GetPropertiesOfSecretVersions(name))
            {
                if (version.Enabled is not false)
                {
                    var secret = client.GetSecret(name, version.Version).Value;
                    versions.Add(new KeyVersion(version.CreatedOn ?? DateTimeOffset.MinValue, Convert.FromBase64String(secret.Value)));
                }
            }
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return [];
        }
        return versions;
    }

    public void Add(string purpose, ReadOnlySpan<byte> key)
    {
        var secret = new KeyVaultSecret(NameOf(purpose), Convert.ToBase64String(key));
        secret.Properties.ContentType = ContentType;
        client.SetSecret(secret);
    }

    private static string NameOf(string purpose) => $"approvals-key-{purpose}";
}
