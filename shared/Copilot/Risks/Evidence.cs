using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Copilot.Cards;
using Approvals.Policies.Simulation;

namespace Approvals.Copilot.Risks;

/// <summary>What a finding rests on, as provenance. Long lists are cut: the trail has the rest.</summary>
internal static class Evidence
{
    public const int Most = 20;

    public static ImmutableArray<Provenance> Of(IEnumerable<AuditFields> entries) =>
        Cut(entries.SelectMany(entry => Of(entry.RequestId, entry.Id)));

    public static ImmutableArray<Provenance> Of(IEnumerable<RecordedCheck> calls, string policy) =>
        Cut(calls.SelectMany(call => Of(call.RequestId, call.EntryId)).Prepend(new Provenance(ProvenanceSource.Policy, policy)));

    public static ImmutableArray<Provenance> Of(IEnumerable<RecordedCheck> calls) => Cut(calls.SelectMany(call => Of(call.RequestId, call.EntryId)));

    private static IEnumerable<Provenance> Of(string? requestId, string? entryId)
    {
        if (requestId is not null)
        {
            yield return new Provenance(ProvenanceSource.Request, requestId);
        }
        if (entryId is not null)
        {
            yield return new Provenance(ProvenanceSource.Audit, entryId);
        }
    }

    private static ImmutableArray<Provenance> Cut(IEnumerable<Provenance> all) => [.. all.Distinct().Take(Most)];
}
