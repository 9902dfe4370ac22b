namespace Approvals.Api;

/// <summary>Settings of the HTTP interface.</summary>
public sealed record ApiOptions
{
    /// <summary>Calls a second and caller; as many may come at once.</summary>
    public int RateLimitPerSecond { get; init; } = Http.RateLimit.DefaultPerSecond;

    /// <summary>The public address is https: browsers are told to use nothing else.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Under which browsers know the service; null: as they call it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Longest that <c>?wait</c> holds a call.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest that a stream stays open; its client then opens the next one. Without end unless a host bounds its calls.</summary>
    public TimeSpan MaxStream { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Positions of the outbox that a stream which comes back is told of; one that was away for longer reads afresh.</summary>
    public int MaxReplayed { get; init; } = 10_000;

    /// <summary>Time between signs of life on a stream.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);
}
