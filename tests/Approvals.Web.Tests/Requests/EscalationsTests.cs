using Approvals.Audit;
using Approvals.Web.Requests;

namespace Approvals.Web.Tests.Requests;

public sealed class EscalationsTests
{
    private static readonly AuditDraft Asked = Samples.Entry("system", AuditAction.LevelEntered, """{"approvers":["ana"],"level":1}""");
    private static readonly AuditDraft Passed = Samples.Entry("system", AuditAction.Escalated, """{"level":1,"targets":["bo","cleo"],"timedOut":true}""");

    [Fact]
    public void Of_history_says_who_missed_it_and_who_took_over()
    {
        var escalation = Assert.Single(Of(Asked, Passed));

        Assert.Equal((1, "ANA", "BO, CLEO"), (escalation.Level, escalation.Missed, escalation.To));
    }

    [Fact]
    public void Of_history_leaves_out_what_was_before_a_resubmission()
    {
        Assert.Empty(Of(Asked, Passed, Samples.Entry("dara", AuditAction.Resubmitted), Asked));
    }

    [Fact]
    public void Of_history_blames_nobody_where_no_time_ran_out()
    {
        var escalation = Assert.Single(Of(Asked, Samples.Entry("system", AuditAction.Escalated, """{"level":1,"targets":["bo"],"timedOut":false}""")));

        Assert.Equal("", escalation.Missed);
    }

    private static System.Collections.Immutable.ImmutableArray<Escalation> Of(params AuditDraft[] drafts) =>
        Escalations.Of(Samples.Items(drafts), id => id.ToUpperInvariant());
}
