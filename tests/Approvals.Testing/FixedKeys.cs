using Approvals.Ports;

namespace Approvals.Testing;

/// <summary>Given keys for every purpose.</summary>
public sealed class FixedKeys(params byte[][] keys) : ISecretKeys
{
    public IReadOnlyList<ReadOnlyMemory<byte>> For(string purpose) => [.. keys.Select(key => (ReadOnlyMemory<byte>)key)];
}
