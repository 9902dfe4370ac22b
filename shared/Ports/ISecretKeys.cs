namespace Approvals.Ports;

/// <summary>The service's own keys, made on first use and kept by the host (Key Vault; the data directory).</summary>
public interface ISecretKeys
{
    /// <summary>Keys for a purpose, newest first: sign with the first, accept any.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> For(string purpose);
}
