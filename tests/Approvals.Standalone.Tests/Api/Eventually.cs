using System.Diagnostics;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Asks again until it is so: for what the service does by itself after it has answered.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task Async(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < Patience, "It did not come to be.");
        }
    }
}
