using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;

namespace Approvals.Web.Security;

/// <summary>
/// Text that a browser keeps for the service without being able to read or change it: AES-256-GCM under a key derived (HKDF, RFC 5869) from
/// the service's own keys for a purpose. All instances that share those keys open what any of them sealed; rotated keys still open.
/// </summary>
internal sealed class SealedText(ISecretKeys keys, string purpose)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;

    public string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var output = new byte[NonceSize + plain.Length + TagSize];
        var nonce = output.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher(keys.For(purpose)[0]);
        cipher.Encrypt(nonce, plain, output.AsSpan(NonceSize, plain.Length), output.AsSpan(NonceSize + plain.Length));
        return Base64Url.EncodeToString(output);
    }

    public bool TryOpen(string? sealedText, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (string.IsNullOrEmpty(sealedText) || !Base64Url.IsValid(sealedText))
        {
            return false;
        }

        var input = Base64Url.DecodeFromChars(sealedText).AsSpan();
        if (input.Length < NonceSize + TagSize)
        {
            return false;
        }

        var plain = new byte[input.Length - NonceSize - TagSize];
        foreach (var key in keys.For(purpose))
        {
            using var cipher = Cipher(key);
            try
            {
                cipher.Decrypt(input[..NonceSize], input[NonceSize..^TagSize], input[^TagSize..], plain);
                text = Encoding.UTF8.GetString(plain);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed under another key, or not by this service at all.
            }
        }

        return false;
    }

    private AesGcm Cipher(ReadOnlyMemory<byte> key)
    {
        Span<byte> derived = stackalloc byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, derived, [], Encoding.UTF8.GetBytes(purpose));
        return new AesGcm(derived, TagSize);
    }
}
