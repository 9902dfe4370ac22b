using System.Diagnostics;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Asks again until it is so: for what the service does by itself after it has answered.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task Async(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < Patience, "It did not come to be.");
            // Asking without a pause would meet the service's own rate limit.
            await Task.Delay(Interval);
        }
    }
}
