namespace Approvals.Ports;

/// <summary>Signs audit checkpoints. The private key need not be where the trail is (Key Vault).</summary>
public interface ICheckpointSigner
{
    /// <summary>The key that signs now.</summary>
    string KeyId { get; }

    byte[] Sign(ReadOnlySpan<byte> bytes);

    /// <summary>False for an unknown key, too.</summary>
    bool Verify(string keyId, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature);
}
