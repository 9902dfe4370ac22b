namespace Approvals.Audit;

/// <summary>The last entry of a hash chain.</summary>
/// <param name="Sequence">0 for an empty chain; the first entry has 1.</param>
/// <param name="Hash">Lower-case hex SHA-256; 64 zeros for an empty chain.</param>
public readonly record struct ChainHead(long Sequence, string Hash)
{
    public static readonly ChainHead Empty = new(0, new string('0', 64));
}
