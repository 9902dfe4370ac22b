using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Notifications;

/// <summary>A message's subject line and its sentence.</summary>
internal readonly record struct Words(string Title, string Text);

/// <param name="Level">That the message is about, if any.</param>
/// <param name="OnBehalfOf">Name of whom the person is asked for.</param>
/// <param name="Name">Display name of a person's id.</param>
internal sealed record WordingContext(
    EventFacts Facts, StoredRequest Request, LevelState? Level, string? OnBehalfOf, Func<string, string> Name)
{
    public string Title => Request.Snapshot.Title;

    public string Requester => Request.Snapshot.Requester.Name;

    /// <summary>The name of the person that a member of the event's body names.</summary>
    public string Person(string member) => Facts.Text(member) is { } id ? Name(id) : "Somebody";
}

/// <summary>The texts of messages, in one place.</summary>
internal static partial class Wording
{
    /// <summary>For somebody who has never been asked before.</summary>
    public const string Introduction =
        "This is your first request here: the action is held back until the people whom the policy names agree. "
        + "Read what will happen, then approve it, reject it with a reason, or ask for changes. Exactly what you approve is carried out, and your decision is recorded.";

    public static Words Needed(WordingContext about) => new(
        $"Approval needed: {about.Title}",
        $"{about.Requester} asks for approval{AtLevel(about)}.{(about.OnBehalfOf is { } person ? $" You are asked for {person}." : "")}");

    public static Words Reminder(WordingContext about) => new(
        $"Reminder: {about.Title}", $"The request of {about.Requester} still waits for your answer{AtLevel(about)}.");

    public static Words EscalatedToYou(WordingContext about) => new(
        $"Escalated to you: {about.Title}",
        $"Nobody answered within {Hours(about.Facts.Number("timeoutHours"))}. The request of {about.Requester} now waits for you{AtLevel(about)}.");

    public static Words OpenAgain(WordingContext about) => new(
        $"Open again: {about.Title}", $"{about.Person("overriddenBy")} set the rejection aside: {about.Facts.Text("reason")}");

    public static Words Approved(WordingContext about) => new(
        $"Approved: {about.Title}",
        about.Facts.Text("approverId") is null or "system" ? "The request is approved." : $"{about.Person("approverId")} gave the final approval.");

    public static Words Rejected(WordingContext about) => new(
        $"Rejected: {about.Title}", $"{about.Person("approverId")} rejected the request: {about.Facts.Text("reason")}");

    public static Words ChangesRequested(WordingContext about) => new(
        $"Changes requested: {about.Title}",
        about.Facts.Text("comment") is { } comment
            ? $"{about.Person("approverId")} asks for changes: {comment}"
            : $"{about.Person("approverId")} asks for changes.");

    public static Words Escalated(WordingContext about) => new($"Escalated: {about.Title}", $"The request was escalated: {about.Facts.Text("reason")}.");

    public static Words Delegated(WordingContext about) => new(
        $"{about.Person("toDelegateId")} acts for you: {about.Title}",
        $"By your delegation {about.Person("toDelegateId")} answers the request of {about.Requester}. You may still answer yourself.");

    public static Words Reassigned(WordingContext about) => new(
        $"Reassigned: {about.Title}", $"{about.Person("assignedBy")} handed your place to {about.Person("approverId")}.");

    public static Words Withdrawn(WordingContext about) => new(
        $"Withdrawn: {about.Title}",
        about.Facts.Text("reason") is { } reason ? $"{about.Requester} withdrew the request: {reason}" : $"{about.Requester} withdrew the request.");

    public static Words Expired(WordingContext about) => new($"Expired: {about.Title}", "The request was not answered in time.");

    public static Words Overridden(WordingContext about) => new(
        $"Open again: {about.Title}", $"{about.Person("overriddenBy")} set the rejection aside: {about.Facts.Text("reason")}");

    public static Words OverrideAlert(WordingContext about) => new(
        $"Overridden {about.Facts.Number("count").ToString(CultureInfo.InvariantCulture)} times: {about.Title}",
        $"{about.Person("overriddenBy")} set a rejection aside again: {about.Facts.Text("reason")}");

    public static Words Overdue(WordingContext about) => new(
        $"Overdue: {about.Title}",
        $"The request of {about.Requester} is not finished after {Hours(about.Facts.Number("completeWithinHours"))}.");

    public static Words Executed(WordingContext about) => about.Facts.Text("outcome") switch
    {
        "succeeded" => new($"Executed: {about.Title}", "The approved action was carried out."),
        "failed" => new($"Execution failed: {about.Title}", "The approved action was begun and failed."),
        _ => new($"Execution unknown: {about.Title}", "The approved action was begun; how it ended was not reported."),
    };

    public static Words Commented(WordingContext about) => new(
        $"{about.Person("authorId")} commented: {about.Title}", about.Facts.Text("comment") ?? "");

    /// <summary>For those who only watch: the same as the requester reads, or that a step was taken.</summary>
    public static Words Watched(WordingContext about) => about.Facts.Event.Type switch
    {
        Outbox.EventType.Requested => new($"Requested: {about.Title}", $"{about.Requester} asks for approval."),
        Outbox.EventType.Approved when about.Facts.Is("final") => Approved(about),
        Outbox.EventType.Approved => new($"Level approved: {about.Title}", $"Level {about.Facts.Level} is approved."),
        Outbox.EventType.Rejected => Rejected(about),
        Outbox.EventType.ChangesRequested => ChangesRequested(about),
        Outbox.EventType.Escalated => Escalated(about),
        Outbox.EventType.Withdrawn => Withdrawn(about),
        Outbox.EventType.Expired => Expired(about),
        Outbox.EventType.Overridden => Overridden(about),
        Outbox.EventType.Executed => Executed(about),
        _ => Commented(about),
    };

    /// <summary>Without line ends, other control characters and what turns the direction of text, whatever people typed.</summary>
    public static string Line(string text) => Blanks().Replace(text, " ").Trim();

    private static string Hours(double hours) => hours switch
    {
        >= 1 => Counted(hours, "hour"),
        >= 1 / 60d => Counted(Math.Round(hours * 60), "minute"),
        _ => Counted(Math.Round(hours * 3600), "second"),
    };

    private static string Counted(double number, string unit) =>
        $"{number.ToString("0.##", CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";

    private static string AtLevel(WordingContext about) => about.Level is { } level ? $" at level “{level.Definition.Name}”" : "";

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
