namespace Approvals.Standalone.Sqlite;

/// <summary>Hashes are lower-case hex outside and 32 bytes in columns.</summary>
internal static class HashColumn
{
    public const int Size = 32;

    public static void Write(string hex, Span<byte> column) => Convert.FromHexString(hex, column, out _, out _);

    /// <summary>As stored, whatever its length: a damaged hash must still be readable to be told.</summary>
    public static string Read(ReadOnlySpan<byte> column) => Convert.ToHexStringLower(column);
}
