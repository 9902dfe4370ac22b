using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Risks;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Patterns in the trail that somebody should look at, for those who may see reports.</summary>
internal sealed class ScanRisks : ICopilotTool
{
    private const int DefaultDays = 30;
    private const int MostDays = 366;

    public string Name => "scan_risks";

    public string Description =>
        "Scan a time of the audit trail for patterns worth a look: amounts just under a threshold, split purchases, decisions faster than reading, attempts to "
        + "decide one's own request, delegation loops, decisions after hours, unusual amounts, idle approvers, repeated overrides. For auditors and operators.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "from": { "type": "string", "description": "A time, or a date, which counts from its beginning; 30 days before the end where left out." },
            "to": { "type": "string", "description": "A time, exclusive, or a date, which counts to its end; now where left out." },
            "last": { "type": "integer", "minimum": 1, "maximum": 1000, "description": "At most so many gate calls; 1000 where left out." } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        var to = fields.OptionalTo("to", call.Zone) ?? call.Now;
        var from = fields.OptionalFrom("from", call.Zone) ?? to.AddDays(-Math.Min(DefaultDays, (to - DateTimeOffset.MinValue).TotalDays));
        var last = fields.OptionalInteger("last", 1, RecordedChecks.Most) ?? RecordedChecks.Most;
        if (from >= to || to - from > TimeSpan.FromDays(MostDays))
        {
            fields.Fail("from", $"Must be before the end, by {MostDays} days at most.");
        }
        if ((ReportHandlers.MaySee(call) ? fields.Problem : Problem.NotAuthorized) is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        var scope = await call.Services.Risks.ReadAsync(call.Caller.Tenant, from, to, last, call.Cancellation);
        var found = RiskScan.Run(scope);
        return ToolAnswer.Of([Overview(scope, found.Length), .. found.Take(RiskScan.Most)]);
    }

    private static ToolCard Overview(RiskScope scope, int found) => new()
    {
        Title = found == 0 ? Texts.CardScanNone : Figures.Count(found, Texts.CardScanOne, Texts.CardScanMany),
        Summary = Phrase.With(
                Texts.CardScanned,
                Figures.Count(scope.Calls.Length, Texts.CardGateCallsOne, Texts.CardGateCallsMany),
                Figures.Count(scope.Decisions.Length, Texts.CardDecisionsOne, Texts.CardDecisionsMany),
                Rfc3339.Format(scope.From), Rfc3339.Format(scope.To))
            + (scope.Truncated ? " " + Texts.CardScanShorter : ""),
        Confidence = scope.Truncated ? 0.7 : 1,
        Why = found > RiskScan.Most ? [Phrase.With(Texts.CardScanSurest, RiskScan.Most)] : [Texts.CardScanNoProof],
        Provenance = [new Provenance(ProvenanceSource.Audit, $"{Rfc3339.Format(scope.From)}/{Rfc3339.Format(scope.To)}")],
    };
}
