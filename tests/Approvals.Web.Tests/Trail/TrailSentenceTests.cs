using Approvals.Audit;
using Approvals.Web.Trail;

namespace Approvals.Web.Tests.Trail;

public sealed class TrailSentenceTests
{
    [Theory]
    [InlineData(AuditAction.Notified, """{"recipients":[{"channels":["in-app"],"person":"ana"},{"channels":[],"person":"bo"}]}""", "told Ana Alves, Bo Berg")]
    [InlineData(AuditAction.LevelEntered, """{"approvers":["ana (bo)","cleo"],"level":1}""", "asked Bo Berg for Ana Alves, Cleo Costa")]
    [InlineData(AuditAction.Escalated, """{"level":1,"targets":["cleo"],"timedOut":true}""", "escalated to Cleo Costa")]
    [InlineData(AuditAction.Reassigned, """{"from":"ana","to":"bo"}""", "handed the place of Ana Alves to Bo Berg")]
    [InlineData(AuditAction.ApproverAdded, """{"to":"gone"}""", "added gone as an approver")]
    [InlineData(AuditAction.ExecutionReported, """{"executionId":"x","result":"unknown"}""", "noted that no result of the execution came in time")]
    [InlineData(AuditAction.ExecutionReported, """{"executionId":"x","result":"failed"}""", "reported the execution")]
    [InlineData(AuditAction.Escalated, "{}", "escalated")]
    [InlineData(AuditAction.Notified, """{"recipients":"nobody"}""", "sent notifications")]
    public void Of_entry_names_the_people(string action, string details, string sentence) => Assert.Equal(sentence, Say(Samples.Entry("system", action, details)));

    [Theory]
    [InlineData(AuditAction.Approved, "tried to approve")]
    [InlineData(AuditAction.GateChecked, "was refused: asked the gate")]
    public void Of_refused_entry_does_not_say_that_it_was_done(string action, string sentence) =>
        Assert.Equal(sentence, Say(Samples.Entry("dara", action, outcome: AuditOutcome.Refused)));

    private static string Say(AuditDraft entry) =>
        TrailSentence.Of(Samples.Items(entry)[0].Fields, id => Samples.Tenant.Directory.Find(id)?.Name ?? id);
}
