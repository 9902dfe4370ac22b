namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>Rows of the segments that are full.</summary>
internal static class PostingTable
{
    public static void Insert(Connection connection, int family, long segment, UInt128 key, ReadOnlySpan<ushort> offsets)
    {
        Span<byte> set = stackalloc byte[Offsets.Longest];
        var length = Offsets.Write(offsets, set);
        connection.Prepare("INSERT OR REPLACE INTO posting(family, segment, key, offsets) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, family).Bind(2, segment).BindKey(3, key).Bind(4, set[..length]).Run();
    }

    public static void Read(Connection connection, int family, long segment, UInt128 key, List<ushort> into)
    {
        var row = connection.Prepare("SELECT offsets FROM posting WHERE family = ?1 AND segment = ?2 AND key = ?3")
            .Bind(1, family).Bind(2, segment).BindKey(3, key);
        if (row.Step())
        {
            Offsets.Read(row.Bytes(0), into);
            row.Reset();
        }
    }
}
