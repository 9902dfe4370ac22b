using System.Numerics;
using System.Security.Cryptography;
using Approvals.Ports;

namespace Approvals.Audit;

/// <summary>
/// ECDSA P-256 over keys derived from the service's own secrets; signs with the one that came first when it was made, accepts any, those too that
/// another worker has made since.
/// </summary>
public sealed class EcdsaCheckpointSigner : ICheckpointSigner, IDisposable
{
    /// <summary>Purpose of the secrets.</summary>
    public const string Purpose = "checkpoint";

    /// <summary>Order of the P-256 group (SEC 2, §2.4.2).</summary>
    private static readonly BigInteger Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    private readonly ISecretKeys _secrets;
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public EcdsaCheckpointSigner(ISecretKeys secrets)
    {
        _secrets = secrets;
        KeyId = Take();
    }

    public string KeyId { get; }

    /// <summary>Public keys by id (SubjectPublicKeyInfo), for those who verify without the service.</summary>
    public IReadOnlyDictionary<string, byte[]> PublicKeys =>
        _keys.ToDictionary(pair => pair.Key, pair => pair.Value.ExportSubjectPublicKeyInfo(), StringComparer.Ordinal);

    public byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            return _keys[KeyId].SignData(bytes, HashAlgorithmName.SHA256);
        }
    }

    public bool Verify(string keyId, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            if (!_keys.TryGetValue(keyId, out var key))
            {
                Take();
                if (!_keys.TryGetValue(keyId, out key))
                {
                    return false;
                }
            }
            return key.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    /// <summary>Takes over what the secrets have by now, and answers with the id of the one that signs.</summary>
    private string Take()
    {
        string? first = null;
        foreach (var secret in _secrets.For(Purpose))
        {
            var key = Derive(secret.Span);
            var id = IdOf(key);
            first ??= id;
            if (!_keys.TryAdd(id, key))
            {
                key.Dispose();
            }
        }
        return first ?? throw new InvalidOperationException("There is no key to sign with.");
    }

    /// <summary>FIPS 186-5 A.2.1: 64 bits more than the order has, reduced, so that no key is likelier than another.</summary>
    private static ECDsa Derive(ReadOnlySpan<byte> secret)
    {
        Span<byte> wide = stackalloc byte[40];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, wide, salt: [], info: "approvals audit checkpoint P-256"u8);
        var scalar = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded.AsSpan(32 - bytes.Length));
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = padded });
    }

    private static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));
}
