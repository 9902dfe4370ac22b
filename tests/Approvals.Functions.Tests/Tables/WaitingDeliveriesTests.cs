using Approvals.Functions.Tables;
using Approvals.Outbox;
using static Approvals.Functions.Tests.Tables.Deliveries;

namespace Approvals.Functions.Tests.Tables;

public sealed class WaitingDeliveriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Against the rule written out: of each request the first, ordered by time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AnyChanges_answersAsTheRuleSays(int seed)
    {
        var random = new Random(seed);
        var waiting = new WaitingDeliveries();
        var expected = new Dictionary<long, Delivery>();
        for (var i = 0; i < 2_000; i++)
        {
            var position = random.Next(1, 40);
            var delivery = Waiting(position, Start.AddSeconds(random.Next(10)), $"r{position % 5}", tenant: $"t{position % 2}");
            if (random.Next(3) == 0)
            {
                waiting.Remove(delivery);
                expected.Remove(position);
            }
            else
            {
                waiting.Set(delivery);
                expected[position] = delivery;
            }

            var now = Start.AddSeconds(random.Next(-1, 11));
            var first = expected.Values.GroupBy(one => (one.RequestId, one.Tenant)).Select(request => request.MinBy(one => one.Position)!)
                .OrderBy(one => one.NextAt).ThenBy(one => one.Position).ToList();
            Assert.Equal(first.Where(one => one.NextAt <= now).Take(4), waiting.Due(now, 4));
            Assert.Equal(first.FirstOrDefault()?.NextAt, waiting.NextAt);
            Assert.Equal(expected.Values.Select(one => one.RequestId).Distinct().Order(), waiting.Blocked(["r0", "r1", "r2", "r3", "r4", "r5"]).Order());
            Assert.Equal(expected.ContainsKey(position), waiting.Has(delivery));
        }
    }
}
