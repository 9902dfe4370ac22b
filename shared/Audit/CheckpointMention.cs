using System.Text;
using Approvals.Actors;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>
/// The trail's own word of a checkpoint: an entry of the tenant's chain behind what the checkpoint covers. Without it nobody would miss the last
/// checkpoints, since a checkpoint is vouched for by the next one only.
/// </summary>
public static class CheckpointMention
{
    private const string SubjectType = "checkpoint";

    private static readonly byte[] Word = Encoding.UTF8.GetBytes($"\"{AuditAction.CheckpointTaken}\"");

    public static AuditDraft Of(Checkpoint checkpoint) => new()
    {
        Tenant = checkpoint.Tenant,
        At = checkpoint.At,
        Actor = Actor.System,
        Action = AuditAction.CheckpointTaken,
        Subject = new Subject(SubjectType, checkpoint.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Outcome = AuditOutcome.Ok,
        Details = [new("hash", Value.From(checkpoint.Hash))],
    };

    /// <summary>Finds the mentions of a tenant.</summary>
    public static AuditQuery Query(string tenant) => new() { Tenant = tenant, Action = AuditAction.CheckpointTaken };

    /// <summary>The number of the checkpoint that an entry mentions, or null where it is about something else.</summary>
    public static long? NumberIn(StoredEntry entry)
    {
        // Most entries are passed over without being read.
        if (entry.Chain != AuditChain.TenantChain || entry.Canonical.Span.IndexOf(Word) < 0)
        {
            return null;
        }

        var fields = AuditFields.Read(entry);
        return fields is { Action: AuditAction.CheckpointTaken, SubjectType: SubjectType, ActorType: "system" } && long.TryParse(fields.SubjectId, out var number)
            ? number
            : null;
    }
}
