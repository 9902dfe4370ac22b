using System.Security.Cryptography;

namespace Approvals.Values;

/// <summary>The payload hash of the vocabulary: lower-case hexadecimal SHA-256 of the RFC 8785 form.</summary>
public static class PayloadHash
{
    public static string Of(Value payload)
    {
        using var output = PooledOutput.Rent();
        JsonText.WriteCanonical(payload, output);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(output.Written, hash);
        return Convert.ToHexStringLower(hash);
    }
}
