using System.Globalization;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>A message's subject line and its sentence.</summary>
internal readonly record struct Words(string Title, string Text);

/// <param name="Level">That the message is about, if any.</param>
/// <param name="OnBehalfOf">Name of whom the person is asked for.</param>
/// <param name="Name">Display name of a person's id.</param>
internal sealed record WordingContext(
    EventFacts Facts, StoredRequest Request, LevelState? Level, string? OnBehalfOf, Func<string, string> Name)
{
    public string Title => Invisible.Line(Request.Snapshot.Title);

    public string Requester => Invisible.Line(Request.Snapshot.Requester.Name);

    /// <summary>What somebody typed, as a member of the event's body, set off; null where nobody did.</summary>
    public string? Said(string member) => Facts.Text(member) is { } text ? SetOff.Within(text) : null;

    /// <summary>The name of the person that a member of the event's body names.</summary>
    public string Person(string member) => Facts.Text(member) is { } id ? Invisible.Line(Name(id)) : Texts.MessageSomebody;
}

/// <summary>The texts of messages, in one place.</summary>
internal static class Wording
{
    /// <summary>For somebody who has never been asked before.</summary>
    public static string Introduction => Texts.MessageIntroduction;

    public static Words Needed(WordingContext about) => new(
        Phrase.With(Texts.MessageNeededTitle, about.Title),
        Phrase.With(Texts.MessageNeeded, about.Requester, AtLevel(about)) + (about.OnBehalfOf is { } person ? Phrase.With(Texts.MessageAskedFor, person) : ""));

    public static Words Reminder(WordingContext about) => new(
        Phrase.With(Texts.MessageReminderTitle, about.Title), Phrase.With(Texts.MessageReminder, about.Requester, AtLevel(about)));

    public static Words EscalatedToYou(WordingContext about) => new(
        Phrase.With(Texts.MessageEscalatedToYouTitle, about.Title),
        Phrase.With(Texts.MessageEscalatedToYou, Hours(about.Facts.Number("timeoutHours")), about.Requester, AtLevel(about)));

    public static Words OpenAgain(WordingContext about) => new(
        Phrase.With(Texts.MessageOpenAgainTitle, about.Title), Phrase.With(Texts.MessageOverridden, about.Person("overriddenBy"), about.Said("reason")));

    public static Words Approved(WordingContext about) => new(
        Phrase.With(Texts.MessageApprovedTitle, about.Title),
        about.Facts.Text("approverId") is null or "system" ? Texts.MessageApproved : Phrase.With(Texts.MessageApprovedBy, about.Person("approverId")));

    public static Words Rejected(WordingContext about) => new(
        Phrase.With(Texts.MessageRejectedTitle, about.Title), Phrase.With(Texts.MessageRejected, about.Person("approverId"), Reason(about)));

    public static Words ChangesRequested(WordingContext about) => new(
        Phrase.With(Texts.MessageChangesRequestedTitle, about.Title),
        about.Said("comment") is { } comment
            ? Phrase.With(Texts.MessageChangesComment, about.Person("approverId"), comment)
            : Phrase.With(Texts.MessageChanges, about.Person("approverId")));

    public static Words Escalated(WordingContext about) => new(Phrase.With(Texts.MessageEscalatedTitle, about.Title), Phrase.With(Texts.MessageEscalated, Reason(about)));

    public static Words Delegated(WordingContext about) => new(
        Phrase.With(Texts.MessageDelegatedTitle, about.Person("toDelegateId"), about.Title),
        Phrase.With(Texts.MessageDelegated, about.Person("toDelegateId"), about.Requester));

    public static Words Reassigned(WordingContext about) => new(
        Phrase.With(Texts.MessageReassignedTitle, about.Title), Phrase.With(Texts.MessageReassigned, about.Person("assignedBy"), about.Person("approverId")));

    public static Words Withdrawn(WordingContext about) => new(
        Phrase.With(Texts.MessageWithdrawnTitle, about.Title),
        about.Said("reason") is { } reason ? Phrase.With(Texts.MessageWithdrawnReason, about.Requester, reason) : Phrase.With(Texts.MessageWithdrawn, about.Requester));

    public static Words Expired(WordingContext about) => new(Phrase.With(Texts.MessageExpiredTitle, about.Title), Texts.MessageExpired);

    public static Words Overridden(WordingContext about) => new(
        Phrase.With(Texts.MessageOpenAgainTitle, about.Title), Phrase.With(Texts.MessageOverridden, about.Person("overriddenBy"), about.Said("reason")));

    public static Words OverrideAlert(WordingContext about) => new(
        Phrase.With(Texts.MessageOverrideAlertTitle, about.Facts.Number("count"), about.Title),
        Phrase.With(Texts.MessageOverrideAlert, about.Person("overriddenBy"), about.Said("reason")));

    public static Words Overdue(WordingContext about) => new(
        Phrase.With(Texts.MessageOverdueTitle, about.Title),
        Phrase.With(Texts.MessageOverdue, about.Requester, Hours(about.Facts.Number("completeWithinHours"))));

    public static Words Executed(WordingContext about) => about.Facts.Text("outcome") switch
    {
        "succeeded" => new(Phrase.With(Texts.MessageExecutedTitle, about.Title), Texts.MessageExecuted),
        "failed" => new(Phrase.With(Texts.MessageExecutionFailedTitle, about.Title), Texts.MessageExecutionFailed),
        _ => new(Phrase.With(Texts.MessageExecutionUnknownTitle, about.Title), Texts.MessageExecutionUnknown),
    };

    public static Words Commented(WordingContext about) => new(
        Phrase.With(Texts.MessageCommentedTitle, about.Person("authorId"), about.Title), SetOff.Block(about.Facts.Text("comment")));

    /// <summary>For those who only watch: the same as the requester reads, or that a step was taken.</summary>
    public static Words Watched(WordingContext about) => about.Facts.Event.Type switch
    {
        Outbox.EventType.Requested => new(Phrase.With(Texts.MessageRequestedTitle, about.Title), Phrase.With(Texts.MessageRequested, about.Requester)),
        Outbox.EventType.Approved when about.Facts.Is("final") => Approved(about),
        Outbox.EventType.Approved => new(Phrase.With(Texts.MessageLevelApprovedTitle, about.Title), Phrase.With(Texts.MessageLevelApproved, about.Facts.Level)),
        Outbox.EventType.Rejected => Rejected(about),
        Outbox.EventType.ChangesRequested => ChangesRequested(about),
        Outbox.EventType.Escalated => Escalated(about),
        Outbox.EventType.Withdrawn => Withdrawn(about),
        Outbox.EventType.Expired => Expired(about),
        Outbox.EventType.Overridden => Overridden(about),
        Outbox.EventType.Executed => Executed(about),
        _ => Commented(about),
    };

    private static string Hours(double hours) => hours switch
    {
        >= 1 => Counted(hours, Texts.MessageHour, Texts.MessageHours),
        >= 1 / 60d => Counted(Math.Round(hours * 60), Texts.MessageMinute, Texts.MessageMinutes),
        _ => Counted(Math.Round(hours * 3600), Texts.MessageSecond, Texts.MessageSeconds),
    };

    private static string Counted(double number, string one, string many) =>
        Phrase.With(number == 1 ? one : many, number.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>What the service itself gave as its reason is kept in the trail's words.</summary>
    private static string? Reason(WordingContext about) => about.Facts.Text("reason") is { } reason ? SetOff.Within(ServiceReasons.Shown(reason)) : null;

    private static string AtLevel(WordingContext about) => about.Level is { } level ? Phrase.With(Texts.MessageAtLevel, Invisible.Line(level.Definition.Name)) : "";
}
