using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Values;
using Approvals.Web.Trail;

namespace Approvals.Web.Requests;

/// <summary>One time that a level was passed on, as the trail has it.</summary>
/// <param name="Level">1-based.</param>
/// <param name="Missed">Names of those who did not answer in time; empty where nobody was asked.</param>
/// <param name="To">Names of those who were asked in their place.</param>
public sealed record Escalation(int Level, DateTimeOffset At, string Missed, string To);

/// <summary>Reads the escalations of the running round from a request's history: its state only keeps who is asked at last.</summary>
internal static class Escalations
{
    public static ImmutableArray<Escalation> Of(ImmutableArray<TrailItem> history, Func<string, string> nameOf)
    {
        var found = ImmutableArray.CreateBuilder<Escalation>();
        var asked = new Dictionary<int, string>();
        foreach (var entry in history.Select(item => item.Fields).Where(entry => entry.Outcome == AuditOutcome.Ok))
        {
            switch (entry.Action)
            {
                case AuditAction.Resubmitted:
                    found.Clear();
                    asked.Clear();
                    break;
                case AuditAction.LevelEntered:
                    asked[Level(entry)] = TrailSentence.People(entry, "approvers", nameOf);
                    break;
                case AuditAction.Escalated:
                    var missed = entry.Details.At("timedOut") is { Kind: ValueKind.Bool } timedOut && timedOut.AsBool();
                    found.Add(new Escalation(
                        Level(entry), entry.At, missed ? asked.GetValueOrDefault(Level(entry), "") : "", TrailSentence.People(entry, "targets", nameOf)));
                    break;
            }
        }

        return found.ToImmutable();
    }

    private static int Level(AuditFields entry) => entry.Details.At("level") is { Kind: ValueKind.Int or ValueKind.Double } level ? (int)level.AsDouble() : 0;
}
