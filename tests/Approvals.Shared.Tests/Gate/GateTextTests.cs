using Approvals.Chains.State;
using Approvals.Gate;

namespace Approvals.Tests.Gate;

public sealed class GateTextTests
{
    [Theory]
    [InlineData(ExecutionOutcome.Claimed, "The permission to execute was claimed already; how the execution ended is not reported yet.")]
    [InlineData(ExecutionOutcome.Succeeded, "The action was executed already.")]
    [InlineData(ExecutionOutcome.Failed, "The action was begun already, and reported as failed.")]
    [InlineData(ExecutionOutcome.Unknown, "The action was begun already; whether it was carried out is not known, since no result came in time.")]
    public void Claimed_says_no_more_than_is_known(ExecutionOutcome outcome, string text) => Assert.Equal(text, GateText.Claimed(outcome));
}
