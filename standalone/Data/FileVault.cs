using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;

namespace Approvals.Standalone.Data;

/// <summary>
/// Secrets as files, one each, encrypted with AES-256-GCM and bound to their tenant and name. A file is the id of its key (8 bytes of the key's
/// SHA-256), the nonce (12 bytes), the tag (16 bytes) and the ciphertext.
/// </summary>
internal sealed class FileVault(string directory, ISecretKeys keys) : IVault
{
    private const string Purpose = "vault";
    private const int IdBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Header = IdBytes + NonceBytes + TagBytes;

    public Task<bool> StoreAsync(string tenant, string name, string secret, CancellationToken cancellation)
    {
        var key = keys.For(Purpose)[0].Span;
        var plain = Encoding.UTF8.GetBytes(secret);
        var file = new byte[Header + plain.Length];
        IdOf(key).CopyTo(file);
        var nonce = file.AsSpan(IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using (var cipher = new AesGcm(key, TagBytes))
        {
            cipher.Encrypt(nonce, plain, file.AsSpan(Header), file.AsSpan(IdBytes + NonceBytes, TagBytes), Place(tenant, name));
        }

        CryptographicOperations.ZeroMemory(plain);
        new DirectoryInfo(directory).Create();
        return Task.FromResult(PrivateFile.TryCreate(PathOf(tenant, name), file));
    }

    public Task RemoveAsync(string tenant, string name, CancellationToken cancellation)
    {
        if (new FileInfo(PathOf(tenant, name)) is { Exists: true } file)
        {
            file.Delete();
        }

        return Task.CompletedTask;
    }

    /// <summary>For the command line. Null: there is no such secret.</summary>
    /// <exception cref="CryptographicException">The file was changed, or its key is gone.</exception>
    public string? Read(string tenant, string name)
    {
        var path = PathOf(tenant, name);
        if (!File.Exists(path))
        {
            return null;
        }

        var file = File.ReadAllBytes(path).AsSpan();
        foreach (var key in keys.For(Purpose))
        {
            if (file.Length >= Header && file[..IdBytes].SequenceEqual(IdOf(key.Span)))
            {
                var plain = new byte[file.Length - Header];
                using var cipher = new AesGcm(key.Span, TagBytes);
                cipher.Decrypt(file.Slice(IdBytes, NonceBytes), file[Header..], file.Slice(IdBytes + NonceBytes, TagBytes), plain, Place(tenant, name));
                return Encoding.UTF8.GetString(plain);
            }
        }

        throw new CryptographicException("No key of the vault fits this secret.");
    }

    private string PathOf(string tenant, string name) =>
        Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(Place(tenant, name))) + ".secret");

    /// <summary>Each part with its length before it, so that no two places look alike.</summary>
    private static byte[] Place(string tenant, string name) => Encoding.UTF8.GetBytes($"{tenant.Length}:{tenant}{name.Length}:{name}");

    private static byte[] IdOf(ReadOnlySpan<byte> key) => SHA256.HashData(key)[..IdBytes];
}
