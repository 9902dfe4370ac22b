using System.Collections.Immutable;
using Approvals.Audit;

namespace Approvals.Reports;

/// <summary>What one person decided.</summary>
/// <param name="OnBehalf">Of both, those made for somebody else.</param>
public sealed record ApproverLoad(string Person, string Name, int Approved, int Rejected, int OnBehalf)
{
    public int Decisions => Approved + Rejected;

    /// <summary>Most decisions first, then by id.</summary>
    internal static ImmutableArray<ApproverLoad> Of(IEnumerable<AuditFields> decisions) =>
    [
        .. decisions.GroupBy(entry => entry.ActorId, StringComparer.Ordinal)
            .Select(mine => new ApproverLoad(
                mine.Key,
                mine.First().ActorName,
                mine.Count(entry => entry.Action != AuditAction.Rejected),
                mine.Count(entry => entry.Action == AuditAction.Rejected),
                mine.Count(entry => entry.OnBehalfOf is not null)))
            .OrderByDescending(load => load.Decisions)
            .ThenBy(load => load.Person, StringComparer.Ordinal),
    ];
}
