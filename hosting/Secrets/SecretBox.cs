using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;

namespace Approvals.Hosting.Secrets;

/// <summary>
/// Encrypts the secrets of a vault that is no Key Vault, with AES-256-GCM, bound to their tenant and name. A box is the id of its key (8 bytes of the
/// key's SHA-256), the nonce (12 bytes), the tag (16 bytes) and the ciphertext.
/// </summary>
public sealed class SecretBox(ISecretKeys keys)
{
    private const string Purpose = "vault";
    private const int IdBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Header = IdBytes + NonceBytes + TagBytes;

    public byte[] Seal(string tenant, string name, string secret)
    {
        var key = keys.For(Purpose)[0].Span;
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[Header + plain.Length];
        IdOf(key).CopyTo(box);
        var nonce = box.AsSpan(IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using (var cipher = new AesGcm(key, TagBytes))
        {
            cipher.Encrypt(nonce, plain, box.AsSpan(Header), box.AsSpan(IdBytes + NonceBytes, TagBytes), Place(tenant, name));
        }

        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <exception cref="CryptographicException">The box was changed, or its key is gone.</exception>
    public string Open(string tenant, string name, ReadOnlySpan<byte> box)
    {
        foreach (var key in keys.For(Purpose))
        {
            if (box.Length >= Header && box[..IdBytes].SequenceEqual(IdOf(key.Span)))
            {
                var plain = new byte[box.Length - Header];
                using var cipher = new AesGcm(key.Span, TagBytes);
                cipher.Decrypt(box.Slice(IdBytes, NonceBytes), box[Header..], box.Slice(IdBytes + NonceBytes, TagBytes), plain, Place(tenant, name));
                return Encoding.UTF8.GetString(plain);
            }
        }

        throw new CryptographicException("No key of the vault fits this secret.");
    }

    /// <summary>A name for the place that tells nothing of tenant and name.</summary>
    public static string FileName(string tenant, string name) => Convert.ToHexStringLower(SHA256.HashData(Place(tenant, name))) + ".secret";

    /// <summary>Each part with its length before it, so that no two places look alike.</summary>
    private static byte[] Place(string tenant, string name) => Encoding.UTF8.GetBytes($"{tenant.Length}:{tenant}{name.Length}:{name}");

    private static byte[] IdOf(ReadOnlySpan<byte> key) => SHA256.HashData(key)[..IdBytes];
}
