using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Reports;

/// <summary>Computes reports from what is stored; each reads a bounded amount and says where that was not all.</summary>
public sealed class Reporting(IRequestStore requests, IAuditStore audit, TimeProvider time)
{
    private const int Shown = 20;

    public async ValueTask<SlaReport> SlaAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var window = await RequestWindow.ReadAsync(requests, tenant, from, to, cancellation);
        var escalations = await ReadAsync(AuditAction.Escalated, IsOk);
        var approvals = await ReadAsync(AuditAction.Approved, IsOk);
        var rejections = await ReadAsync(AuditAction.Rejected, IsOk);
        return SlaReport.Of(from, to, time.GetUtcNow(), window, escalations, [approvals, rejections]);

        ValueTask<Trail> ReadAsync(string action, Func<AuditFields, bool> keep) =>
            Trail.ReadAsync(audit, tenant, action, from, to, keep, cancellation);
    }

    public async ValueTask<ControlsReport> ControlsAsync(
        string tenant, string month, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var window = await RequestWindow.ReadAsync(requests, tenant, from, to, cancellation);
        var approved = await ReadAsync(AuditAction.Approved);
        var rejected = await ReadAsync(AuditAction.Rejected);
        var automatic = await ReadAsync(AuditAction.AutoApproved);
        var overridden = await ReadAsync(AuditAction.Overridden);
        var reported = await ReadAsync(AuditAction.ExecutionReported);
        var claimed = await ReadAsync(AuditAction.ExecutionClaimed);
        var delegated = await ReadAsync(AuditAction.DelegationCreated);
        var published = await ReadAsync(AuditAction.PolicyPublished);
        var retired = await ReadAsync(AuditAction.PolicyRetired);
        var gated = await ReadAsync(AuditAction.GateChecked);
        AuditFields[] attempts = [.. approved.Entries, .. rejected.Entries];
        AuditFields[] decisions = [.. attempts.Where(IsOk)];
        ImmutableArray<Control> items =
        [
            Of("open_requests", Texts.ControlOpenRequests, [.. window.Requests.Where(SlaReport.IsOpen).Select(request => request.Id)], attention: true),
            Of("overdue_requests", Texts.ControlOverdueRequests,
                [.. window.Requests.Where(request => SlaReport.IsOpen(request) && request.DueAt < now).Select(request => request.Id)], attention: true),
            Of("self_approval_attempts", Texts.ControlSelfApprovalAttempts, WithCode(attempts, RefusalCode.SelfApproval), attention: true),
            Of("agent_decision_attempts", Texts.ControlAgentDecisionAttempts, WithCode(attempts, RefusalCode.AgentForbidden), attention: true),
            Of("incomplete_decisions", Texts.ControlIncompleteDecisions, decisions.Where(entry => !SlaReport.IsComplete(entry)), attention: true),
            Of("overrides", Texts.ControlOverrides, overridden.Entries.Where(IsOk), attention: true),
            Of("failed_executions", Texts.ControlFailedExecutions, LastOfEach(reported).Where(entry => Result(entry) is "failed" or "unknown"), attention: true),
            Of("changed_payloads", Texts.ControlChangedPayloads, WithCode([.. claimed.Entries], RefusalCode.PayloadChanged), attention: true),
            Of("policy_faults", Texts.ControlPolicyFaults, gated.Entries.Where(entry => entry.Details.TryGet("fault", out _)), attention: true),
            Of("automatic_approvals", Texts.ControlAutomaticApprovals, automatic.Entries, attention: false),
            Of("delegations", Texts.ControlDelegations, delegated.Entries.Where(IsOk), attention: false),
            Of("policy_changes", Texts.ControlPolicyChanges, [.. published.Entries, .. retired.Entries], attention: false),
            Of("decisions", Texts.ControlDecisions, decisions, attention: false),
        ];
        Trail[] read = [approved, rejected, automatic, overridden, reported, claimed, delegated, published, retired, gated];
        return new ControlsReport(month, from, to, items, window.Truncated || read.Any(trail => trail.Truncated));

        ValueTask<Trail> ReadAsync(string action) => Trail.ReadAsync(audit, tenant, action, from, to, static _ => true, cancellation);
    }

    private static bool IsOk(AuditFields entry) => entry.Outcome == AuditOutcome.Ok;

    private static IEnumerable<AuditFields> WithCode(AuditFields[] entries, string code) => entries.Where(entry => entry.Code == code);

    /// <summary>What is known last of each execution: a report that came late takes the place of "unknown". A request has one execution.</summary>
    private static IEnumerable<AuditFields> LastOfEach(Trail reported) =>
        reported.Entries.Where(entry => entry.Outcome != AuditOutcome.Refused)
            .GroupBy(entry => entry.RequestId, StringComparer.Ordinal)
            .Select(of => of.MaxBy(entry => entry.Sequence)!);

    private static string? Result(AuditFields entry) =>
        entry.Details.TryGet("result", out var result) && result.Kind == Values.ValueKind.String ? result.AsString() : null;

    private static Control Of(string key, string title, IEnumerable<AuditFields> entries, bool attention)
    {
        var all = entries.ToArray();
        var about = all.Where(entry => entry.RequestId is not null).Select(entry => entry.RequestId!).Distinct(StringComparer.Ordinal).Take(Shown);
        return new Control(key, title, all.Length, attention && all.Length > 0, [.. about]);
    }

    private static Control Of(string key, string title, string[] ids, bool attention) =>
        new(key, title, ids.Length, attention && ids.Length > 0, [.. ids.Take(Shown)]);
}
