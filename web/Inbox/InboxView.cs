using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Web.Cards;
using Approvals.Web.Preferences;

namespace Approvals.Web.Inbox;

/// <summary>The inbox as one reader asked for it.</summary>
public sealed record InboxView
{
    public required InboxAddress Address { get; init; }

    public required ImmutableArray<InboxRow> Rows { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public string? NextCursor { get; init; }

    /// <summary>How many wait under each of the built-in filters.</summary>
    public required InboxCounts Counts { get; init; }

    /// <summary>Request types to choose from.</summary>
    public required ImmutableArray<string> Types { get; init; }

    public ImmutableArray<SavedView> SavedViews { get; init; } = [];

    /// <summary>
    /// What rejecting the selected rows is called, whichever they will be: in the words that all rows share which can be selected, else by its outcome, since
    /// whatever is dismissed is rejected. Where the page's script runs, it goes on to the words that the selected ones share.
    /// </summary>
    public string RejectSelected =>
        Rows.Where(row => !row.NeedsInput).Select(row => row.Words.RejectSelected).Distinct().ToArray() is [var shared] ? shared : Texts.RejectSelected;
}

/// <summary>One waiting decision.</summary>
/// <param name="Requester">Name, not id.</param>
/// <param name="Words">What its answers are called.</param>
/// <param name="NeedsInput">A decision takes more than a comment, or it is not known what the row shows: it is made on the request's page.</param>
public sealed record InboxRow(RequestSummary Request, string Requester, DecisionWords Words, bool NeedsInput);

/// <param name="All">Without any filter; the others are parts of it.</param>
public sealed record InboxCounts(int All, int Overdue, int DueToday, int OnBehalf)
{
    public int Of(InboxFilter filter) => filter switch
    {
        InboxFilter.Overdue => Overdue,
        InboxFilter.DueToday => DueToday,
        InboxFilter.OnBehalf => OnBehalf,
        _ => All,
    };
}
