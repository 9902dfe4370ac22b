namespace Approvals.Standalone.Sqlite;

/// <summary>Times as columns: UTC ticks.</summary>
internal static class Time
{
    public static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? At(long? ticks) => ticks is { } some ? At(some) : null;
}
