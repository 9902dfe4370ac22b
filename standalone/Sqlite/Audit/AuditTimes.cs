namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>
/// First and last time within each full segment, so that a query over a stretch of time skips the others. Positions follow the order of
/// commits, times the callers' clocks: the two nearly agree, and nothing relies on more.
/// </summary>
internal sealed class AuditTimes(Connection connection)
{
    private static readonly (long First, long Last) Nothing = (long.MaxValue, long.MinValue);

    private (long First, long Last) current = Nothing;
    private (long First, long Last) committed = Nothing;

    public void Add(DateTimeOffset at) => current = (Math.Min(current.First, at.UtcTicks), Math.Max(current.Last, at.UtcTicks));

    /// <summary>The segment is full; what comes belongs to the next.</summary>
    public void Write(long segment)
    {
        connection.Prepare("INSERT INTO audit_time(segment, first, last) VALUES (?1, ?2, ?3)")
            .Bind(1, segment).Bind(2, current.First).Bind(3, current.Last).Run();
        current = Nothing;
    }

    public void Commit() => committed = current;

    public void Rollback() => current = committed;
}
