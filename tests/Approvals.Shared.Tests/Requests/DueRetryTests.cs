using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Tests.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Requests;

public sealed class DueRetryTests
{
    private static readonly RequestState Waiting = Story.Of(Level("ana")).State;

    private static DateTimeOffset Due => Schedule.Next(Waiting)!.Value.At;

    [Fact]
    public void Failures_one_after_another_wait_twice_as_long_up_to_a_day()
    {
        var waits = new List<double>();
        var planned = Due;
        for (var i = 0; i < 8; i++)
        {
            var again = DueRetry.AfterFailure(Waiting, planned, planned);
            waits.Add((again - planned).TotalHours);
            planned = again;
        }

        Assert.Equal([1, 2, 4, 8, 16, 24, 24, 24], waits);
    }

    [Fact]
    public void A_host_that_was_down_has_not_failed_meanwhile()
    {
        var late = Due + TimeSpan.FromDays(5);
        Assert.Equal(late + DueRetry.First, DueRetry.AfterFailure(Waiting, Due, late));
    }

    [Fact]
    public void What_is_not_due_any_more_counts_no_failures()
    {
        var later = Due + TimeSpan.FromDays(5);
        Assert.Equal(later + DueRetry.First, DueRetry.AfterFailure(Waiting with { Status = RequestStatus.Withdrawn }, later, later));
    }

    [Fact]
    public void What_another_clock_says_is_not_yet_due_is_looked_at_soon() =>
        Assert.Equal(Due + TimeSpan.FromSeconds(1), DueRetry.NotYet(Due));
}
