using System.Collections.Immutable;
using Approvals.Requests;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Links;

/// <summary>What became of an answer that was given by a link.</summary>
/// <param name="Request">As it is now; set where accepted or decided.</param>
public sealed record LinkAnswer(LinkOutcome Outcome, StoredRequest? Request, ImmutableArray<FieldFault> InputFaults)
{
    public static readonly LinkAnswer Invalid = new(LinkOutcome.Invalid, null, []);
}

public enum LinkOutcome
{
    /// <summary>Expired, used, forged or overtaken: one page for all, code APPROVAL_LINK_INVALID.</summary>
    Invalid,

    /// <summary>Nothing was done: the tenant wants the approver to sign in first.</summary>
    SignInRequired,

    /// <summary>Nothing was done: somebody else than the named person has signed in.</summary>
    SomebodyElse,

    /// <summary>Nothing was done: a rejection needs a reason.</summary>
    ReasonRequired,

    /// <summary>Nothing was done: the comment is too long or has characters that no text needs.</summary>
    CommentInvalid,

    /// <summary>Nothing was done: the type's input does not fit.</summary>
    InputInvalid,

    /// <summary>Taken, and not carried out yet: another answer may have come before it.</summary>
    Accepted,

    Decided,
}
