using Approvals.Testing;
using Approvals.Web.Reports;

namespace Approvals.Web.Tests.Reports;

public sealed class ReportCacheTests
{
    private static readonly ReportCache.Key Key = new("contoso", 30, "2026-03");
    private readonly ManualTime time = new(Samples.Now);
    private int computed;

    [Fact]
    public async Task GetAsync_within_its_lifetime_computes_once_and_afterwards_again()
    {
        var cache = new ReportCache(time);

        var first = await cache.GetAsync(Key, ComputeAsync);
        time.Advance(ReportCache.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Same(first, await cache.GetAsync(Key, ComputeAsync));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(first, await cache.GetAsync(Key, ComputeAsync));

        Assert.Equal(2, computed);
    }

    [Fact]
    public async Task GetAsync_of_another_tenant_computes_its_own()
    {
        var cache = new ReportCache(time);

        var one = await cache.GetAsync(Key, ComputeAsync);
        var other = await cache.GetAsync(Key with { Tenant = "fabrikam" }, ComputeAsync);

        Assert.NotSame(one, other);
    }

    [Fact]
    public async Task GetAsync_that_failed_is_tried_again_by_the_next()
    {
        var cache = new ReportCache(time);

        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync(Key, () => Task.FromException<ReportView>(new IOException())));

        Assert.NotNull(await cache.GetAsync(Key, ComputeAsync));
    }

    private Task<ReportView> ComputeAsync()
    {
        computed++;
        return Task.FromResult(new ReportView(time.GetUtcNow(), null!, null!, 30, []));
    }
}
