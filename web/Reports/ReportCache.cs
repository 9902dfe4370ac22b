using System.Collections.Concurrent;

namespace Approvals.Web.Reports;

/// <summary>
/// Keeps computed reports for a minute: one reads thousands of requests and entries, and everybody of a tenant who may see it sees the same.
/// Those who ask while it is being computed share the one computation.
/// </summary>
internal sealed class ReportCache(TimeProvider time)
{
    /// <summary>How old figures may be.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Key, Entry> entries = new();

    /// <summary>The kept report, or the one that <paramref name="compute"/> makes.</summary>
    public async Task<ReportView> GetAsync(Key key, Func<Task<ReportView>> compute)
    {
        var now = time.GetUtcNow();
        foreach (var (old, entry) in entries)
        {
            if (now - entry.At >= Lifetime)
            {
                entries.TryRemove(KeyValuePair.Create(old, entry));
            }
        }

        var kept = entries.GetOrAdd(key, _ => new Entry(now, new Lazy<Task<ReportView>>(compute)));
        try
        {
            return await kept.View.Value;
        }
        catch
        {
            // The next who asks tries again.
            entries.TryRemove(KeyValuePair.Create(key, kept));
            throw;
        }
    }

    /// <param name="Days">Of the window that ends now.</param>
    /// <param name="Month"><c>yyyy-MM</c>.</param>
    internal sealed record Key(string Tenant, int Days, string Month);

    private sealed record Entry(DateTimeOffset At, Lazy<Task<ReportView>> View);
}
