using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Web.Trail;

/// <summary>What an entry says that its actor did, with the people concerned: "told Ana Alves", "tried to approve".</summary>
public static class TrailSentence
{
    /// <param name="nameOf">Display name of a person's id.</param>
    public static string Of(AuditFields entry, Func<string, string> nameOf)
    {
        if (entry.Outcome == AuditOutcome.Refused)
        {
            return Attempt(entry.Action) is { } attempt ? Say.With(Texts.TriedTo, attempt) : Say.With(Texts.TriedOther, TrailWords.Action(entry.Action));
        }

        return entry.Action switch
        {
            AuditAction.Notified when Recipients(entry, nameOf) is { Length: > 0 } people => Say.With(Texts.ToldPeople, people),
            AuditAction.LevelEntered when People(entry, "approvers", nameOf) is { Length: > 0 } people => Say.With(Texts.AskedPeople, people),
            AuditAction.Escalated when People(entry, "targets", nameOf) is { Length: > 0 } people => Say.With(Texts.EscalatedTo, people),
            AuditAction.Reassigned when Text(entry, "from") is { } from && Text(entry, "to") is { } to => Say.With(Texts.HandedTo, nameOf(from), nameOf(to)),
            AuditAction.ApproverAdded when Text(entry, "to") is { } to => Say.With(Texts.AddedPerson, nameOf(to)),
            // The service's own entry: nobody reported anything.
            AuditAction.ExecutionReported when Text(entry, "result") == "unknown" => Texts.DidMissResult,
            _ => TrailWords.Action(entry.Action),
        };
    }

    /// <summary>Names in a list of the details, whose items are "ana", or "ana (bo)" where bo is asked for ana.</summary>
    public static string People(AuditFields entry, string member, Func<string, string> nameOf)
    {
        if (entry.Details.At(member) is not { Kind: ValueKind.List } list)
        {
            return "";
        }

        var names = new List<string>();
        foreach (var item in list.Items)
        {
            var asked = item.Kind == ValueKind.String ? item.AsString() : "";
            names.Add(asked.Split(" (") is [var person, var routed] ? Say.With(Texts.StandsIn, nameOf(routed.TrimEnd(')')), nameOf(person)) : nameOf(asked));
        }

        return string.Join(", ", names);
    }

    private static string Recipients(AuditFields entry, Func<string, string> nameOf)
    {
        var names = new List<string>();
        if (entry.Details.At("recipients") is { Kind: ValueKind.List } list)
        {
            foreach (var item in list.Items)
            {
                if (item.At("person") is { Kind: ValueKind.String } person)
                {
                    names.Add(nameOf(person.AsString()));
                }
            }
        }

        return string.Join(", ", names);
    }

    private static string? Text(AuditFields entry, string member) => entry.Details.At(member) is { Kind: ValueKind.String } text ? text.AsString() : null;

    private static string? Attempt(string action) => action switch
    {
        AuditAction.Submitted => Texts.ToSubmit,
        AuditAction.Approved => Texts.ToApprove,
        AuditAction.Rejected => Texts.ToReject,
        AuditAction.ChangesRequested => Texts.ToRequestChanges,
        AuditAction.Resubmitted => Texts.ToResubmit,
        AuditAction.Reassigned => Texts.ToReassign,
        AuditAction.ApproverAdded => Texts.ToAddApprover,
        AuditAction.Commented => Texts.ToComment,
        AuditAction.Withdrawn => Texts.ToWithdraw,
        AuditAction.Overridden => Texts.ToOverride,
        AuditAction.ExecutionClaimed => Texts.ToClaim,
        AuditAction.DelegationCreated => Texts.ToDelegate,
        AuditAction.PolicyPublished => Texts.ToPublish,
        _ => null,
    };
}
