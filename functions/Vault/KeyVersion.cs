namespace Approvals.Functions.Vault;

/// <summary>One version of a key, and when it came to be.</summary>
internal sealed record KeyVersion(DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Key);

/// <summary>Where the service's own keys lie.</summary>
internal interface IKeyStore
{
    /// <summary>All versions that are still accepted, in any order; none where the key was never made.</summary>
    IReadOnlyList<KeyVersion> Read(string purpose);

    /// <summary>Adds a version. Two workers may do so at once; then there are two.</summary>
    void Add(string purpose, ReadOnlySpan<byte> key);
}
