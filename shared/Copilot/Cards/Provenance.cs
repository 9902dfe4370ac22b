namespace Approvals.Copilot.Cards;

/// <summary>Where something on a card comes from.</summary>
/// <param name="Source">One of <see cref="ProvenanceSource"/>.</param>
/// <param name="Ref">Its id or address in that source, such as <c>bill.post@3</c>.</param>
public sealed record Provenance(string Source, string Ref);

/// <summary>The words for sources.</summary>
public static class ProvenanceSource
{
    /// <summary>A policy: <c>key@version</c>, or the key alone of a draft.</summary>
    public const string Policy = "policy";

    /// <summary>A request by its id.</summary>
    public const string Request = "request";

    /// <summary>The audit trail: an entry's id, or what was read of it.</summary>
    public const string Audit = "audit";

    /// <summary>Delegations: their ids.</summary>
    public const string Delegation = "delegation";

    /// <summary>A report: its address, or one line of it by its key.</summary>
    public const string Report = "report";

    /// <summary>What waits for the caller.</summary>
    public const string Inbox = "inbox";

    /// <summary>A language model, by its name: the text is worded or drafted by it.</summary>
    public const string Model = "model";
}
