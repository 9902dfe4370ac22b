namespace Approvals.Actors;

/// <summary>Where a call came from, as the audit trail keeps it.</summary>
/// <param name="Ip">Remote address as text, or null where there was none (timers).</param>
/// <param name="UserAgent">The User-Agent header, cut to 256 characters.</param>
/// <param name="TraceId">W3C trace id, 32 hex digits.</param>
public sealed record Origin(string? Ip, string? UserAgent, string? TraceId)
{
    /// <summary>The service's own timers and sweeps.</summary>
    public static readonly Origin Internal = new(null, null, null);
}
